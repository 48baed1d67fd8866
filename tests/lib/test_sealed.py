from datetime import timedelta

import pytest
import time_machine

from forum_site.lib.sealed import SealBroken, seal, unseal


def test_seal_comes_back_the_same():
    data = {"email": "lin@example.org", "name": "林清河", "sessions": [1, 2]}

    assert unseal(seal(data), max_age=60) == data
    assert unseal(seal(data), max_age=timedelta(days=1)) == data


def test_seal_hides_its_data():
    assert "lin" not in seal({"email": "lin@example.org"})
    assert seal({}) != seal({})


def test_unseal_refuses_what_is_too_old():
    with time_machine.travel("2026-12-10 01:00:00+00:00", tick=False):
        token = seal({"a": 1})
    with time_machine.travel("2026-12-10 01:01:00+00:00", tick=False):
        assert unseal(token, max_age=60) == {"a": 1}
    with time_machine.travel("2026-12-10 01:01:01+00:00", tick=False), pytest.raises(SealBroken):
        unseal(token, max_age=60)


@pytest.mark.parametrize("token", ["", "x", "论坛", "gAAAAA=="])
def test_unseal_refuses_other_words(token):
    with pytest.raises(SealBroken):
        unseal(token, max_age=60)


def test_unseal_refuses_a_changed_token():
    token = seal({"a": 1})

    with pytest.raises(SealBroken):
        unseal(token[:20] + ("A" if token[20] != "A" else "B") + token[21:], max_age=60)


def test_unseal_knows_the_secrets_the_site_had_before(settings):
    settings.SECRET_KEY = "old-secret"
    token = seal({"a": 1})

    settings.SECRET_KEY = "new-secret"
    with pytest.raises(SealBroken):
        unseal(token, max_age=60)
    settings.SECRET_KEY_FALLBACKS = ["old-secret"]
    assert unseal(token, max_age=60) == {"a": 1}
