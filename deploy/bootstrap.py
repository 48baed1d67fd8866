"""Makes the virtual environment and installs one lock file into it: ``python3 deploy/bootstrap.py requirements.lock``.

Runs with the Python of the system, so it uses nothing but the standard library and, up to the version check, only
what old Pythons understand. It installs again only when the lock file or the Python has changed.
"""

import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
VENV = os.path.join(ROOT, os.environ.get("VENV", ".venv"))
PYTHON = os.path.join(VENV, "bin", "python")
OLDEST = (3, 11)
NEWER_PYTHONS = ("python3.14", "python3.13", "python3.12", "python3.11")


def main(lock):
    use_a_new_python()
    stamp = os.path.join(VENV, ".installed-" + os.path.basename(lock))
    wanted = digest(os.path.join(ROOT, lock))
    if os.path.exists(PYTHON) and read(stamp) == wanted:
        return
    make_venv()
    print("Installing " + lock + " into " + os.path.relpath(VENV, ROOT) + " …", flush=True)
    install(os.path.join(ROOT, lock))
    with open(stamp, "w") as file:
        file.write(wanted)


def use_a_new_python():
    """Go on with a newer Python of this machine when ``python3`` is too old for the site."""
    if sys.version_info[:2] >= OLDEST:
        return
    for name in NEWER_PYTHONS:
        if shutil.which(name):
            os.execvp(name, [name, *sys.argv])
    sys.exit("The site needs Python 3.11 or newer; this is Python {}.{}.".format(*sys.version_info))


def make_venv():
    """Make the virtual environment, also where the system's Python comes without ensurepip."""
    if venv_is_usable():
        return
    make = [sys.executable, "-m", "venv", "--clear", VENV]
    if importlib.util.find_spec("ensurepip"):
        run(make, "The virtual environment could not be made.")
    elif importlib.util.find_spec("pip"):
        run([*make, "--without-pip"], "The virtual environment could not be made.")
        run([sys.executable, "-m", "pip", "--python", PYTHON, "install", "-q", "pip"], "pip could not be installed.")
    else:
        sys.exit(
            "This Python cannot make virtual environments: its modules ensurepip and pip are missing.\n"
            "On Debian and Ubuntu install them with:  sudo apt install python3-venv\n"
            "then run the same command again."
        )


def venv_is_usable():
    """Say whether the environment has pip and the Python that runs now; an upgrade of the system may take both."""
    check = f"import pip, sys; sys.exit(sys.version_info[:2] != {sys.version_info[:2]!r})"
    return os.path.exists(PYTHON) and subprocess.call([PYTHON, "-c", check], stderr=subprocess.DEVNULL) == 0


def install(lock):
    """Install exactly the files whose hashes the lock file names."""
    command = [PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-input"]
    run(
        [*command, "--require-hashes", "-r", lock],
        "The packages could not be installed. Is the Python package index reachable? Run the same command again.",
    )


def run(command, problem):
    environment = {name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "PYTHONHOME")}
    if subprocess.call(command, env=environment) != 0:
        sys.exit(problem)


def digest(path):
    """Name what is installed: the lock file's content and the version of Python."""
    with open(path, "rb") as file:
        return hashlib.sha256(file.read() + repr(sys.version_info[:2]).encode()).hexdigest()


def read(path):
    try:
        with open(path) as file:
            return file.read()
    except OSError:
        return ""


if __name__ == "__main__":
    main(sys.argv[1])
