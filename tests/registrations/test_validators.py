"""What is taken as a name or an address."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from django.utils.translation import override

from registrations.forms import AddressForm
from registrations.validators import one_line, validate_mail_domain, validate_placeholders


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        (" Ann\t Lee\r\n", "Ann Lee"),
        ("Ann\x00\x07Lee", "Ann Lee"),
        ("Ann \u202egnp.exe", "Ann gnp.exe"),
        ("\u2067Ann\u2069", "Ann"),
        ("\ufeffAnn\U000e0041", "Ann"),
        ("\u200b\u200d \u2060", ""),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("👩\u200d🔬 Ann", "👩\u200d🔬 Ann"),
        ("汉\u3000字", "汉 字"),
    ],
)
def test_names_keep_what_can_be_seen(typed, kept):
    assert one_line(typed) == kept


@pytest.mark.parametrize("address", ["ann@例子.中国", "ann@bücher.example", "ann@[127.0.0.1]", "Ann+x@Example.ORG"])
def test_mail_domains_of_all_scripts_are_taken(address):
    validate_mail_domain(address)


@pytest.mark.parametrize("address", ["a@ex\u202eample.org", "a@" + "ü" * 60 + ".org"])
def test_mail_domain_that_no_mail_can_carry_is_refused(address):
    with pytest.raises(ValidationError):
        validate_mail_domain(address)
    assert not AddressForm({"email": address}).is_valid()


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "{nmae} is not known. These are: {name}, {organization}, {code}, "),
        ("zh-hans", "无法识别 {nmae}。可用的有：{name}、{organization}、{code}、"),
    ],
)
def test_unknown_placeholder_is_refused_and_the_known_ones_are_listed(language, words):
    with override(language):
        with pytest.raises(ValidationError) as refused:
            validate_placeholders("Dear {nmae}, see {link}.")
        assert refused.value.messages[0].startswith(words)
