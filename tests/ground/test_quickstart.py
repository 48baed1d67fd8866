from __future__ import annotations

import socket
import stat
import sys
from pathlib import Path

import pytest
from django.contrib.auth import get_user_model

sys.path.insert(0, str(Path(__file__).resolve().parent.parent.parent / "deploy"))
import quickstart


@pytest.fixture
def note(tmp_path):
    path = tmp_path / "first-login.txt"
    path.write_text("organizer@example.org\ngreen-apple\n")
    return path


def test_wanted_port_refuses_a_port_in_use_and_offers_the_next(monkeypatch):
    with socket.socket() as busy:
        busy.bind(("127.0.0.1", 0))
        busy.listen()
        port = busy.getsockname()[1]
        monkeypatch.setenv("PORT", str(port))

        with pytest.raises(SystemExit, match=f"Port {port} cannot be used.*PORT={port + 1}"):
            quickstart.wanted_port()


@pytest.mark.parametrize("value", ["eight", "0", "65536", "-1"])
def test_wanted_port_refuses_what_is_no_port(monkeypatch, value):
    monkeypatch.setenv("PORT", value)

    with pytest.raises(SystemExit, match="PORT is"):
        quickstart.wanted_port()


def test_write_dotenv_keeps_the_secret_from_others(tmp_path):
    quickstart.write_dotenv(tmp_path / ".env", 8001)

    assert stat.S_IMODE((tmp_path / ".env").stat().st_mode) == 0o600
    assert "SITE_URL=http://127.0.0.1:8001\n" in (tmp_path / ".env").read_text()


def test_write_dotenv_never_touches_an_existing_file(tmp_path):
    (tmp_path / ".env").write_text("SECRET_KEY=ours\n")

    quickstart.write_dotenv(tmp_path / ".env", 8001)

    assert (tmp_path / ".env").read_text() == "SECRET_KEY=ours\n"


@pytest.mark.parametrize(
    ("configured", "expected"),
    [
        ("http://127.0.0.1:8000", "http://127.0.0.1:8001"),
        ("http://localhost:8000", "http://localhost:8001"),
        ("https://forum.example.org", "https://forum.example.org"),
    ],
)
def test_another_port_changes_a_loopback_address_only(tmp_path, monkeypatch, configured, expected):
    monkeypatch.setenv("SITE_URL", configured)

    quickstart.use_port_for_this_run(tmp_path / ".env", 8001)

    assert quickstart.os.environ["SITE_URL"] == expected


@pytest.mark.django_db
def test_login_lines_show_the_password_once(note):
    get_user_model().objects.create_superuser(email="organizer@example.org", password="green-apple")

    assert any("green-apple" in line for line in quickstart.login_lines(note, shows_password=True))
    later = quickstart.login_lines(note, shows_password=False)
    assert not any("green-apple" in line for line in later)
    assert any(str(note) in line for line in later)


@pytest.mark.django_db
def test_login_lines_forget_a_password_that_was_changed(note):
    get_user_model().objects.create_superuser(email="organizer@example.org", password="red-pear")

    assert quickstart.login_lines(note, shows_password=False) == []
    assert not note.exists()


@pytest.mark.django_db
def test_fill_empty_site_leaves_a_site_with_users_alone():
    get_user_model().objects.create_superuser(email="somebody@example.org", password="red-pear")

    assert quickstart.fill_empty_site() is False
    assert get_user_model().objects.count() == 1


def test_framed_draws_lines_of_one_width():
    lines = quickstart.framed(["short", "a longer line"]).strip().splitlines()

    assert {len(line) for line in lines} == {len(lines[0])}
