"""The forms of registration: they turn strings into what ``registrations.domain`` takes."""

from registrations.forms.registration import AddressForm, EditForm, RegistrationForm, TypeForm

__all__ = ["AddressForm", "EditForm", "RegistrationForm", "TypeForm"]
