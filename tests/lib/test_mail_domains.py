import pytest

from forum_site.lib.mail_domains import is_at


@pytest.mark.parametrize("address", ["ada@un.org", "ada@office.un.org", "ada@un.org.", '"a@b"@un.org'])
def test_address_is_at_a_domain_and_below_it(address):
    assert is_at(address, {"un.org"})


@pytest.mark.parametrize("address", ["ada@run.org", "ada@org", "ada@un.org.example", "un.org@example.org", ""])
def test_address_is_at_no_domain_that_only_looks_alike(address):
    assert not is_at(address, {"un.org"})
