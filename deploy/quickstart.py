"""Serves the site on this machine for a look at it: database, sample content, first organizer, web and worker.

Called by ``make run``. Every step first looks whether it is still to be done, so a later start changes nothing.
"""

from __future__ import annotations

import contextlib
import hashlib
import http.client
import os
import secrets
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from urllib.parse import urlsplit

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "deploy")]
from alone import die_with_parent  # noqa: E402

ORGANIZER = "organizer@example.org"
LOOPBACK = {"127.0.0.1", "localhost", "::1"}
ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"


def main() -> None:
    """Prepare what is missing, then run web and worker until Ctrl-C."""
    port = wanted_port()
    write_dotenv(ROOT / ".env", port)
    use_port_for_this_run(ROOT / ".env", port)
    is_first_start = prepare_site()
    sys.exit(serve(port, is_first_start=is_first_start))


def wanted_port() -> int:
    """Return PORT, or leave with a sentence when it cannot be used."""
    value = os.environ.get("PORT") or "8000"
    if not value.isdecimal() or not 1 <= int(value) <= 65535:
        sys.exit(f"PORT is {value!r}. It must be a number from 1 to 65535.")
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", int(value)))
        except OSError as error:
            sys.exit(f"Port {value} cannot be used ({error.strerror}). Choose another:  make run PORT={int(value) + 1}")
    return int(value)


def write_dotenv(path: Path, port: int) -> None:
    """Write the settings of this installation once; an existing file is never touched."""
    if path.exists():
        return
    lines = [
        "# The settings of this installation, written by the first `make run`. See .env.example for all of them.",
        f"SECRET_KEY={secrets.token_urlsafe(50)}",
        f"SITE_URL=http://127.0.0.1:{port}",
        "ALLOWED_HOSTS=127.0.0.1,localhost",
    ]
    with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write("\n".join(lines) + "\n")


def use_port_for_this_run(dotenv: Path, port: int) -> None:
    """Let links name the port that is served now, as long as the site is known by a loopback address only."""
    import environ

    environ.Env.read_env(str(dotenv))
    parts = urlsplit(os.environ.get("SITE_URL") or f"http://127.0.0.1:{port}")
    if parts.hostname in LOOPBACK and parts.scheme == "http":
        os.environ["SITE_URL"] = f"http://{parts.hostname}:{port}"


def prepare_site() -> bool:
    """Bring database, translations, content and static files to the state of the code; say if the site was empty."""
    import django
    from translations import compile_catalogs

    compile_catalogs()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "forum_site.settings")
    django.setup()
    from django.conf import settings
    from django.core.management import call_command

    settings.VAR_DIR.mkdir(parents=True, exist_ok=True)
    call_command("migrate", verbosity=0, interactive=False)
    was_empty = fill_empty_site()
    collect_static_files()
    return was_empty


def fill_empty_site() -> bool:
    """Load the sample content and make the first organizer, on a database that has no users yet."""
    from django.contrib.auth import get_user_model
    from django.core.management import call_command

    if get_user_model().objects.exists():
        return False
    print("Loading the sample content …", flush=True)
    call_command("loadsample", verbosity=0)
    password = "-".join("".join(secrets.choice(ALPHABET) for _ in range(5)) for _ in range(4))
    note = first_login_note()
    note.unlink(missing_ok=True)
    with open(os.open(note, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(f"{ORGANIZER}\n{password}\n")
    get_user_model().objects.create_superuser(email=ORGANIZER, password=password)
    return True


def first_login_note() -> Path:
    """Return the file that keeps the first organizer's password until it is changed."""
    from django.conf import settings

    return settings.VAR_DIR / "first-login.txt"


def collect_static_files() -> None:
    """Copy and compress the static files, when they or the packages have changed since the last time."""
    from django.conf import settings
    from django.contrib.staticfiles.finders import get_finders
    from django.core.management import call_command

    digest = hashlib.sha256((ROOT / "requirements.lock").read_bytes())
    for finder in get_finders():
        for path, storage in finder.list([]):
            digest.update(f"{path} {storage.size(path)} {storage.get_modified_time(path)}\n".encode())
    stamp = settings.VAR_DIR / ".static-files"
    if stamp.exists() and stamp.read_text() == digest.hexdigest() and settings.STATIC_ROOT.is_dir():
        return
    call_command("collectstatic", verbosity=0, interactive=False)
    stamp.write_text(digest.hexdigest())


def serve(port: int, *, is_first_start: bool) -> int:
    """Run the Procfile and return the exit code; Ctrl-C and SIGTERM end both processes in order."""
    binaries = Path(sys.executable).parent
    environment = os.environ | {"PATH": f"{binaries}{os.pathsep}{os.environ.get('PATH', os.defpath)}"}
    command = [str(binaries / "honcho"), "--env", os.devnull, "start", "--port", str(port)]
    with contextlib.closing(Children(command, environment)) as children:
        if children.wait_until_answering(port):
            print(framed(welcome(shows_password=is_first_start)), flush=True)
        return children.wait()


class Children:
    """The process that runs web and worker."""

    def __init__(self, command: list[str], environment: dict[str, str]) -> None:
        self._is_stopping = False
        self._process = subprocess.Popen(
            command, cwd=ROOT, env=environment, start_new_session=True, preexec_fn=die_with_parent
        )
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._stop)

    def wait_until_answering(self, port: int) -> bool:
        """Say whether the site answered before a process ended or half a minute passed."""
        for _ in range(150):
            if self._process.poll() is not None or self._is_stopping:
                return False
            if is_answering(port):
                return True
            time.sleep(0.2)
        return False

    def wait(self) -> int:
        """Return 0 when the operator ended the site, otherwise the exit code of what broke."""
        code = self._process.wait()
        return 0 if self._is_stopping else code or 1

    def close(self) -> None:
        """End the process if it still runs."""
        if self._process.poll() is None:
            self._process.terminate()
            self._process.wait(timeout=30)

    def _stop(self, number: int, frame: object) -> None:
        self._is_stopping = True
        self._process.terminate()


def is_answering(port: int) -> bool:
    """Say whether something speaks HTTP on the port."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=2)
    with contextlib.suppress(OSError, http.client.HTTPException), contextlib.closing(connection):
        connection.request("GET", "/healthz")
        return connection.getresponse().status == 200
    return False


def welcome(*, shows_password: bool) -> list[str]:
    """Return the lines that tell where the site is and how the organizer signs in."""
    from django.conf import settings

    return [
        f"The forum site is running:  {settings.SITE_URL}/",
        f"Organizers sign in at:      {settings.SITE_URL}/admin/",
        *login_lines(first_login_note(), shows_password=shows_password),
        "",
        "Ctrl-C ends it. Nothing is lost: make run starts it again.",
    ]


def login_lines(note: Path, *, shows_password: bool) -> list[str]:
    """Return the first login for as long as it works; once the password is changed the note is removed."""
    from django.contrib.auth import get_user_model

    if not note.exists():
        return []
    email, password = note.read_text().split()
    user = get_user_model().objects.filter(email=email).first()
    if user is None or not user.check_password(password):
        note.unlink()
        return []
    if not shows_password:
        return ["", f"The first login is kept in {note} until its password is changed."]
    return ["", f"    E-mail:    {email}", f"    Password:  {password}", "", f"Kept in {note} until you change it."]


def framed(lines: list[str]) -> str:
    """Draw a frame around the lines."""
    width = max(map(len, lines)) + 4
    body = [f"│  {line.ljust(width - 4)}  │" for line in lines]
    return "\n".join(["", f"┌{'─' * width}┐", *body, f"└{'─' * width}┘", ""])


if __name__ == "__main__":
    main()
