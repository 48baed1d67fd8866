"""Collects, checks and compiles the translations: ``python deploy/translations.py collect check compile``.

Compiling needs Babel only. Collecting and checking read the sources with the gettext programs (xgettext, msgmerge).
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

ROOT = Path(__file__).resolve().parent.parent
LOCALE = Path("forum_site/locale")
LANGUAGE = "zh_Hans"
CATALOG = LOCALE / LANGUAGE / "LC_MESSAGES" / "django.po"
NOT_SOURCES = ("tests", "docs", "benchmarks", "deploy", "var", "node_modules")


def compile_catalogs(root: Path = ROOT) -> list[Path]:
    """Write the ``.mo`` beside every newer ``.po`` and return the written files."""
    stale = [po for po in sorted((root / LOCALE).rglob("*.po")) if is_stale(po)]
    for po in stale:
        half_written = po.with_suffix(f".{os.getpid()}.tmp")
        with half_written.open("wb") as file:
            write_mo(file, read_catalog(po))
        half_written.replace(po.with_suffix(".mo"))
    return [po.with_suffix(".mo") for po in stale]


def is_stale(po: Path) -> bool:
    """Say whether a catalog has no compiled twin, or an older one."""
    mo = po.with_suffix(".mo")
    return not mo.exists() or mo.stat().st_mtime < po.stat().st_mtime


def collect_messages(root: Path = ROOT) -> None:
    """Bring the catalog up to date with the sentences in Python files and templates."""
    ignored = [argument for name in NOT_SOURCES for argument in ("--ignore", f"{name}/*")]
    options = ["--locale", LANGUAGE, "--no-wrap", "--no-obsolete", "--add-location", "file", "--verbosity", "0"]
    environment = os.environ | {"SECRET_KEY": os.environ.get("SECRET_KEY") or os.urandom(40).hex()}
    subprocess.run(
        [sys.executable, "manage.py", "makemessages", *options, *ignored], cwd=root, env=environment, check=True
    )


def problems_of_catalog() -> list[str]:
    """Return one line for each sentence that is missing, doubtful, untranslated or no longer used."""
    if not shutil.which("xgettext"):
        return ["The program xgettext is missing: install gettext."]
    present = read_catalog(ROOT / CATALOG)
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "site"
        shutil.copytree(ROOT, copy, ignore=shutil.ignore_patterns(".*", "__pycache__", *NOT_SOURCES))
        collect_messages(copy)
        fresh = read_catalog(copy / CATALOG)
    return (
        [f"not collected: {name}" for name in sentences(fresh) - sentences(present)]
        + [f"no longer used: {name}" for name in sentences(present) - sentences(fresh)]
        + [f"doubtful: {message.id!r}" for message in present if message.id and message.fuzzy]
        + [f"not translated: {message.id!r}" for message in present if message.id and not is_translated(message)]
        + [f"{problem}: {message.id!r}" for message in present for problem in message.check(present)]
    )


def sentences(catalog: Catalog) -> set[str]:
    """Return the sentences of a catalog with their contexts, to compare two catalogs."""
    return {f"{message.context or ''}|{message.id!r}" for message in catalog if message.id}


def is_translated(message: Message) -> bool:
    """Say whether every form of a sentence has words."""
    forms = message.string if isinstance(message.string, (list, tuple)) else [message.string]
    return all(forms)


def read_catalog(path: Path) -> Catalog:
    """Read a ``.po`` file; a missing one is empty."""
    if not path.exists():
        return Catalog(locale=LANGUAGE)
    with path.open("rb") as file:
        return read_po(file, locale=LANGUAGE)


def main(steps: list[str]) -> None:
    """Do the named steps in order."""
    for step in steps:
        if step == "collect":
            collect_messages()
        elif step == "compile":
            compile_catalogs()
        elif step == "check" and (problems := problems_of_catalog()):
            sys.exit("\n".join(["The translations are not complete:", *sorted(problems)]))


if __name__ == "__main__":
    main(sys.argv[1:])
