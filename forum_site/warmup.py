"""What every worker needs sooner or later, loaded once before they are forked, so that they share its memory."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings
from django.template import TemplateDoesNotExist
from django.template.loader import get_template
from django.urls import get_resolver
from django.utils import translation


def load_everything() -> None:
    """Import all views, compile the templates of visitors' pages and read the catalogues of all languages."""
    get_resolver()._populate()
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            translation.gettext("Agenda")
    for name in _templates(Path(settings.BASE_DIR) / "templates"):
        try:
            get_template(name)
        except TemplateDoesNotExist:  # one that extends what only the worker has
            continue


def _templates(folder: Path) -> list[str]:
    names = (path.relative_to(folder) for path in sorted(folder.rglob("*.html")))
    return [str(name) for name in names if name.parts[0] not in {"admin", "allauth", "account", "mfa", "emails"}]
