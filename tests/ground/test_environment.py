from __future__ import annotations

from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from forum_site.environment import Environment

STRONG = "Q7-" + "abcdefghijklmnopqrstuvwxyz" * 2


@pytest.fixture
def environment(tmp_path):
    return Environment(tmp_path / ".env")


def test_text_gives_the_default_for_an_empty_variable(environment, monkeypatch):
    monkeypatch.setenv("WORDS", "  ")

    assert environment.text("WORDS", default="ours") == "ours"


def test_dotenv_fills_what_the_environment_leaves_open(tmp_path, monkeypatch):
    monkeypatch.setenv("FIRST_OF_TWO", "outside")
    monkeypatch.delenv("SECOND_OF_TWO", raising=False)
    (tmp_path / ".env").write_text("FIRST_OF_TWO=inside\nSECOND_OF_TWO=inside\n")

    environment = Environment(tmp_path / ".env")

    assert environment.text("FIRST_OF_TWO") == "outside"
    assert environment.text("SECOND_OF_TWO") == "inside"
    monkeypatch.delenv("SECOND_OF_TWO")


@pytest.mark.parametrize(("value", "expected"), [("yes", True), ("1", True), ("TRUE", True), ("no", False), ("", True)])
def test_flag_reads_the_common_spellings(environment, monkeypatch, value, expected):
    monkeypatch.setenv("DEBUG", value)

    assert environment.flag("DEBUG", default=True) is expected


@pytest.mark.parametrize(
    ("read", "value"),
    [
        (lambda env: env.flag("ODD", default=False), "maybe"),
        (lambda env: env.number("ODD", default=1, least=1, most=9), "many"),
        (lambda env: env.number("ODD", default=1, least=1, most=9), "10"),
        (lambda env: env.choice("ODD", default="en", among=["en"]), "fr"),
        (lambda env: env.folder("ODD", default=Path("/srv")), "var"),
        (lambda env: env.zone("ODD", default="UTC"), "Asia/Nowhere"),
        (lambda env: env.site_url("ODD", default="http://localhost"), "forum.example.org"),
        (lambda env: env.site_url("ODD", default="http://localhost"), "https://forum.example.org/path"),
        (lambda env: env.database("ODD", default=""), "mysql://localhost/forum"),
        (lambda env: env.cache("ODD", default=""), "carrier-pigeon://loft"),
        (lambda env: env.email("ODD"), "carrier-pigeon://loft"),
        (lambda env: env.pairs("ODD"), "POSTAL_WEBHOOK_KEY"),
        (lambda env: env.pairs("ODD"), "key=value"),
        (lambda env: env.login("ODD"), "service:short"),
        (lambda env: env.login("ODD"), ":" + STRONG),
    ],
)
def test_an_odd_value_is_refused_by_name(environment, monkeypatch, read, value):
    monkeypatch.setenv("ODD", value)

    with pytest.raises(ImproperlyConfigured, match="ODD"):
        read(environment)


def test_a_refused_address_does_not_repeat_its_password(environment, monkeypatch):
    monkeypatch.setenv("ODD", "mysql://forum:very-secret@localhost/forum")

    with pytest.raises(ImproperlyConfigured) as refusal:
        environment.database("ODD", default="")

    assert "very-secret" not in str(refusal.value)


@pytest.mark.parametrize("value", ["", "changeme", "short", "x" * 60])
def test_secret_is_refused_when_missing_or_weak(environment, monkeypatch, value):
    monkeypatch.setenv("SECRET_KEY", value)

    with pytest.raises(ImproperlyConfigured, match="SECRET_KEY"):
        environment.secret("SECRET_KEY", debug=False)


def test_secret_is_taken_as_it_is(environment, monkeypatch):
    monkeypatch.setenv("SECRET_KEY", STRONG)

    assert environment.secret("SECRET_KEY", debug=False) == STRONG


def test_a_debug_site_starts_without_a_secret(environment, monkeypatch):
    monkeypatch.setenv("SECRET_KEY", "")

    assert len(environment.secret("SECRET_KEY", debug=True)) >= 50


def test_database_takes_the_lock_of_sqlite_at_the_start_of_a_transaction(environment, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "sqlite:////srv/forum.sqlite3")

    settings = environment.database("DATABASE_URL", default="")

    assert settings["NAME"] == "/srv/forum.sqlite3"
    assert settings["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
    assert "journal_mode=WAL" in settings["OPTIONS"]["init_command"]


def test_database_reads_a_postgresql_address(environment, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgresql://forum:p%40ss@db.example.org:5433/forum")

    settings = environment.database("DATABASE_URL", default="")

    assert settings["ENGINE"] == "django.db.backends.postgresql"
    assert (settings["HOST"], settings["PORT"], settings["NAME"]) == ("db.example.org", 5433, "forum")
    assert (settings["USER"], settings["PASSWORD"]) == ("forum", "p@ss")
    assert settings["OPTIONS"]["server_side_binding"] is True


def test_the_address_of_a_database_decides_over_what_is_usual(environment, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgresql://db.example.org/forum?sslmode=require&server_side_binding=false")

    options = environment.database("DATABASE_URL", default="")["OPTIONS"]

    assert options["sslmode"] == "require"
    assert options["server_side_binding"] is not True
    assert options["prepare_threshold"] == 3


def test_mail_stays_in_the_house_without_an_address(environment, monkeypatch):
    monkeypatch.setenv("EMAIL_URL", "")

    is_configured, settings = environment.email("EMAIL_URL")

    assert not is_configured
    assert settings["EMAIL_BACKEND"] == "django.core.mail.backends.dummy.EmailBackend"


def test_mail_reads_a_server_with_tls(environment, monkeypatch):
    monkeypatch.setenv("EMAIL_URL", "smtp+tls://forum%40example.org:p%2Fss@mail.example.org:587")

    is_configured, settings = environment.email("EMAIL_URL")

    assert is_configured
    assert settings["EMAIL_USE_TLS"] is True
    assert (settings["EMAIL_HOST"], settings["EMAIL_PORT"]) == ("mail.example.org", 587)
    assert (settings["EMAIL_HOST_USER"], settings["EMAIL_HOST_PASSWORD"]) == ("forum@example.org", "p/ss")


def test_domains_are_read_from_a_file_and_a_missing_one_is_refused(environment, monkeypatch, tmp_path):
    (tmp_path / "list.txt").write_text("# thrown away\nBin.example\n\n mail.test  # new\n", encoding="utf-8")

    assert environment.domains("LISTED") == frozenset()
    monkeypatch.setenv("LISTED", str(tmp_path / "list.txt"))
    assert environment.domains("LISTED") == {"bin.example", "mail.test"}
    monkeypatch.setenv("LISTED", str(tmp_path / "nowhere.txt"))
    with pytest.raises(ImproperlyConfigured, match="LISTED"):
        environment.domains("LISTED")


def test_pairs_and_a_login_are_read(environment, monkeypatch):
    monkeypatch.setenv("KEYS", "POSTAL_WEBHOOK_KEY=abc=, MAILGUN_WEBHOOK_SIGNING_KEY=d")
    monkeypatch.setenv("LOGIN", f"service:{STRONG}")

    assert environment.pairs("KEYS") == {"POSTAL_WEBHOOK_KEY": "abc=", "MAILGUN_WEBHOOK_SIGNING_KEY": "d"}
    assert environment.login("LOGIN") == f"service:{STRONG}"
    assert (environment.pairs("NONE"), environment.login("NONE")) == ({}, "")
