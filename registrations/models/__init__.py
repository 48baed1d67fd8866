"""Ticket types, questions, registrations with their answers, and the sessions people keep."""

from registrations.models.answer import Answer, AnswerChoice
from registrations.models.question import Question, QuestionOption
from registrations.models.registration import Registration
from registrations.models.starred import StarredSession
from registrations.models.ticket_type import TicketType

__all__ = [
    "Answer",
    "AnswerChoice",
    "Question",
    "QuestionOption",
    "Registration",
    "StarredSession",
    "TicketType",
]
