"""Writes the lock files: every package that ours bring, with the hashes of all its files. Called by ``make lock``."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PIP_TOOLS = "pip-tools==7.6.2"
OPTIONS = [
    "--quiet",
    "--generate-hashes",
    "--allow-unsafe",
    "--no-strip-extras",
    "--no-header",
    "--no-emit-index-url",
    "--no-emit-find-links",
    "--no-emit-trusted-host",
    "--no-emit-options",
]


def main() -> None:
    """Lock what runs the site first, so that the tests run with the same versions."""
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([sys.executable, "-m", "venv", folder], check=True)
        subprocess.run([f"{folder}/bin/pip", "install", "--quiet", PIP_TOOLS], check=True)
        compiler = f"{folder}/bin/pip-compile"
        lock(compiler, "requirements")
        lock(compiler, "requirements-dev", "--constraint", "requirements.lock")


def lock(compiler: str, name: str, *more: str) -> None:
    """Write one lock file; versions already in it stay unless the requirements ask for others."""
    command = [compiler, *OPTIONS, *more, "--output-file", f"{name}.lock", f"{name}.txt"]
    environment = os.environ | {"CUSTOM_COMPILE_COMMAND": "make lock"}
    subprocess.run(command, cwd=ROOT, env=environment, check=True)


if __name__ == "__main__":
    main()
