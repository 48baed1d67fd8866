"""Ticket types and quotas, ways in, questions, registrations with answers and history, sessions, check-ins, mails."""

from registrations.models.answer import Answer, AnswerChoice
from registrations.models.booking import BookableSession, BookingRules, SessionBooking
from registrations.models.check_in import CheckIn
from registrations.models.delegation import Delegation
from registrations.models.group import RegistrationGroup
from registrations.models.known_edition import KnownEdition
from registrations.models.mailing import Delivery, Mailing
from registrations.models.message import MessageTemplate
from registrations.models.question import Question, QuestionOption
from registrations.models.quota import Quota
from registrations.models.registration import Registration
from registrations.models.starred import StarredSession
from registrations.models.status_change import StatusChange
from registrations.models.ticket_type import TicketType
from registrations.models.transfer import Transfer
from registrations.models.way_in import AccessCode, Invitation

__all__ = [
    "AccessCode",
    "Answer",
    "AnswerChoice",
    "BookableSession",
    "BookingRules",
    "CheckIn",
    "Delegation",
    "Delivery",
    "Invitation",
    "KnownEdition",
    "Mailing",
    "MessageTemplate",
    "Question",
    "QuestionOption",
    "Quota",
    "Registration",
    "RegistrationGroup",
    "SessionBooking",
    "StarredSession",
    "StatusChange",
    "TicketType",
    "Transfer",
]
