from django.utils.translation import gettext_lazy

from forum_site.lib.errors import DomainError


def test_domain_error_shows_its_sentence():
    assert str(DomainError("The session is full.")) == "The session is full."


def test_domain_error_takes_a_lazy_sentence():
    assert DomainError(gettext_lazy("No such place.")).message == "No such place."
