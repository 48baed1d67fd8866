"""Reads the environment for the settings and refuses what it does not understand, naming the variable."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import environ
from django.core.exceptions import ImproperlyConfigured

WEAK_SECRETS = {"secret", "changeme", "change-me", "insecure"}


class Environment:
    """The environment variables of this installation, with an optional ``.env`` file behind them."""

    def __init__(self, dotenv: Path) -> None:
        self._env = environ.Env()
        if dotenv.is_file():
            self._env.read_env(str(dotenv))

    def text(self, name: str, *, default: str = "") -> str:
        """Return the variable as printed, or the default when it is absent or empty."""
        return self._env.str(name, default="").strip() or default

    def flag(self, name: str, *, default: bool) -> bool:
        """Return a yes/no value; anything but the common spellings is refused."""
        value = self.text(name).lower()
        if value in {"", "1", "true", "yes", "on", "0", "false", "no", "off"}:
            return value in {"1", "true", "yes", "on"} if value else default
        raise self._odd(name, value, "yes or no")

    def number(self, name: str, *, default: int, least: int, most: int) -> int:
        """Return a whole number between ``least`` and ``most``."""
        value = self.text(name) or str(default)
        if not value.isdecimal() or not least <= int(value) <= most:
            raise self._odd(name, value, f"a whole number from {least} to {most}")
        return int(value)

    def choice(self, name: str, *, default: str, among: list[str]) -> str:
        """Return one of the allowed words."""
        value = self.text(name, default=default)
        if value not in among:
            raise self._odd(name, value, "one of " + ", ".join(among))
        return value

    def names(self, name: str, *, default: list[str]) -> list[str]:
        """Return a comma-separated list."""
        return [part.strip() for part in self.text(name).split(",") if part.strip()] or default

    def pairs(self, name: str) -> dict[str, str]:
        """Return a comma-separated list of NAME=value."""
        found = [part.partition("=") for part in self.names(name, default=[])]
        if any(not key.strip().isupper() or not value.strip() for key, _sign, value in found):
            raise self._odd(name, "…", "NAME=value, with commas between several")
        return {key.strip(): value.strip() for key, _sign, value in found}

    def login(self, name: str) -> str:
        """Return user:password for machines, or "" where none is set; a password that can be guessed is refused."""
        value = self.text(name)
        user, _colon, password = value.partition(":")
        if value and (not user or len(password) < 20 or len(set(password)) < 5):
            raise self._odd(name, "…", "user:password with at least 20 random characters behind the colon")
        return value

    def folder(self, name: str, *, default: Path) -> Path:
        """Return an absolute folder path; relative ones are refused, since they move with the caller."""
        path = Path(self.text(name, default=str(default)))
        if not path.is_absolute():
            raise self._odd(name, str(path), "an absolute path")
        return path

    def domains(self, name: str) -> frozenset[str]:
        """Return the domains in a text file, one a line (# begins a remark); none where no file is named."""
        path = self.text(name)
        if not path:
            return frozenset()
        try:
            lines = Path(path).read_text(encoding="utf-8").splitlines()
        except (OSError, UnicodeError) as error:
            raise self._odd(name, path, "a text file that can be read, with a domain on each line") from error
        return frozenset(word for line in lines if (word := line.partition("#")[0].strip().lower()))

    def zone(self, name: str, *, default: str) -> str:
        """Return the name of an IANA time zone."""
        value = self.text(name, default=default)
        try:
            ZoneInfo(value)
        except (KeyError, ValueError, OSError) as error:
            raise self._odd(name, value, "an IANA time zone such as Asia/Shanghai") from error
        return value

    def secret(self, name: str, *, debug: bool) -> str:
        """Return the secret key; without one only a debug site starts."""
        value = self.text(name)
        if not value and debug:
            return "debug-only-" + "x" * 50
        if not value:
            raise ImproperlyConfigured(f"{name} is not set. Give it at least 50 random characters.")
        if len(value) < 50 or value.lower() in WEAK_SECRETS or len(set(value)) < 5:
            raise ImproperlyConfigured(f"{name} is too weak. Give it at least 50 random characters.")
        return value

    def site_url(self, name: str, *, default: str) -> str:
        """Return the public address without a trailing slash; it is used in mails and calendars."""
        value = self.text(name, default=default).rstrip("/")
        parts = urlsplit(value)
        if parts.scheme not in {"http", "https"} or not parts.hostname or parts.path or parts.query:
            raise self._odd(name, value, "an address such as https://forum.example.org")
        return value

    @staticmethod
    def host_of(url: str) -> str:
        """Return the host name of an address, without the port."""
        return urlsplit(url).hostname or "localhost"

    def database(self, name: str, *, default: str) -> dict[str, Any]:
        """Return Django's database settings, tuned for SQLite (WAL, IMMEDIATE) or PostgreSQL."""
        url = self.text(name, default=default)
        scheme = url.split(":", 1)[0]
        if scheme not in {"sqlite", "postgres", "postgresql"}:
            raise self._odd(name, scheme + ":…", "an address that begins with sqlite: or postgresql:")
        try:
            settings = dict(environ.Env.db_url_config(url))
        except (ValueError, ImproperlyConfigured) as error:
            raise self._odd(name, scheme + ":…", "a database address") from error
        usual = _SQLITE if scheme == "sqlite" else _POSTGRESQL
        return settings | usual | {"OPTIONS": usual["OPTIONS"] | settings.get("OPTIONS", {})}

    def cache(self, name: str, *, default: str) -> dict[str, Any]:
        """Return Django's cache settings."""
        url = self.text(name, default=default)
        try:
            return dict(environ.Env.cache_url_config(url))
        except (KeyError, ValueError, ImproperlyConfigured) as error:
            raise self._odd(name, url.split(":", 1)[0] + ":…", "a cache address") from error

    def email(self, name: str) -> tuple[bool, dict[str, Any]]:
        """Return whether mail can leave the house, and Django's mail settings."""
        url = self.text(name)
        if not url:
            return False, {"EMAIL_BACKEND": "django.core.mail.backends.dummy.EmailBackend"}
        try:
            return True, dict(environ.Env.email_url_config(url))
        except (KeyError, ValueError, ImproperlyConfigured) as error:
            raise self._odd(name, url.split(":", 1)[0] + ":…", "an address such as smtp+tls://…") from error

    @staticmethod
    def _odd(name: str, value: str, wanted: str) -> ImproperlyConfigured:
        return ImproperlyConfigured(f"{name} is {value!r}, which is not understood. It must be {wanted}.")


_SQLITE = {
    "CONN_MAX_AGE": 60,
    "OPTIONS": {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        # Each thread has a connection with a cache of its own; the system's cache holds the file anyway. The log goes
        # into the file every 16 MB and not every four: whoever commits then does it while everybody waits.
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON; "
        "PRAGMA cache_size=-512; PRAGMA wal_autocheckpoint=4000;",
    },
}
_POSTGRESQL = {
    "CONN_MAX_AGE": 60,
    "CONN_HEALTH_CHECKS": True,
    # What is asked again and again is planned once in each connection.
    "OPTIONS": {"server_side_binding": True, "prepare_threshold": 3},
}
