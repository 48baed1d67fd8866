import re

import pytest

from forum_site.lib.codes import clean_code, digest, new_code, new_secret


def test_new_code_has_no_signs_that_are_misread():
    codes = {new_code() for _ in range(200)}

    assert len(codes) == 200
    assert all(re.fullmatch(r"[2-9A-Z]{4}-[2-9A-Z]{4}", code) for code in codes)
    assert not set("".join(codes)) & set("01OILAEU")


@pytest.mark.parametrize("typed", ["7K2M-94QX", "7k2m94qx", " 7k2m 94qx ", "7K2M–94QX"])
def test_clean_code_accepts_what_people_type(typed):
    assert clean_code(typed) == "7K2M-94QX"


def test_new_secret_is_safe_in_an_address():
    assert re.fullmatch(r"[\w-]{32}", new_secret())
    assert new_secret() != new_secret()


def test_digest_is_sha256():
    assert digest("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
