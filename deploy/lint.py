"""Runs every check of the sources and says at the end which of them failed. Called by ``make lint``."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BINARIES = Path(sys.executable).parent
PYTHON = sys.executable

#: The environment of a real installation: `check --deploy` must have nothing to say about it.
PRODUCTION = {
    "DEBUG": "",
    "SECRET_KEY": "Only-for-checks-0123456789-abcdefghijklmnopqrstuvwxyz-ABCDEF",
    "SITE_URL": "https://forum.example.org",
    "ALLOWED_HOSTS": "forum.example.org",
    "EMAIL_URL": "smtp+tls://user:password@mail.example.org:587",
    "DEFAULT_FROM_EMAIL": "forum@example.org",
}

CHECKS = {
    "style": ["ruff", "check", "--quiet", "."],
    "format": ["ruff", "format", "--check", "--quiet", "."],
    "templates": ["djlint", "--lint", "--quiet", "templates"],
    "imports": ["lint-imports", "--no-cache"],
    "types": ["mypy"],
    "settings": [PYTHON, "manage.py", "check", "--deploy", "--fail-level", "DEBUG"],
    "migrations": [PYTHON, "manage.py", "makemigrations", "--check", "--dry-run"],
    "translations": [PYTHON, "deploy/translations.py", "check"],
}


def main(names: list[str]) -> None:
    """Run the named checks, or all of them."""
    failed = [name for name in names or CHECKS if not passes(name)]
    if failed:
        sys.exit(f"lint: failed: {', '.join(failed)}")
    print("lint: all clean")


def passes(name: str) -> bool:
    """Run one check; print what it says only if it fails."""
    program, *arguments = CHECKS[name]
    command = [program if program == PYTHON else str(BINARIES / program), *arguments]
    started = time.monotonic()
    result = subprocess.run(
        command, cwd=ROOT, env=os.environ | PRODUCTION, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    )
    print(f"{name:14}{'ok' if result.returncode == 0 else 'FAILED':8}{time.monotonic() - started:6.1f} s", flush=True)
    if result.returncode != 0:
        print(result.stdout, flush=True)
    return result.returncode == 0


if __name__ == "__main__":
    main(sys.argv[1:])
