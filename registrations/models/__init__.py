"""Ticket types and quotas, questions, registrations with their answers and history, and the sessions people keep."""

from registrations.models.answer import Answer, AnswerChoice
from registrations.models.question import Question, QuestionOption
from registrations.models.quota import Quota
from registrations.models.registration import Registration
from registrations.models.starred import StarredSession
from registrations.models.status_change import StatusChange
from registrations.models.ticket_type import TicketType

__all__ = [
    "Answer",
    "AnswerChoice",
    "Question",
    "QuestionOption",
    "Quota",
    "Registration",
    "StarredSession",
    "StatusChange",
    "TicketType",
]
