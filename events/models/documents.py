"""What an edition leaves behind to read, watch and look at."""

from __future__ import annotations

import datetime as dt
from pathlib import PurePosixPath

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from events.enums import DocumentKind
from events.models.event import Event
from events.models.programme import Session
from events.validators import validate_languages
from forum_site.lib.bilingual import bilingual, has_any
from forum_site.lib.codes import new_secret
from forum_site.lib.previews import or_previewed

#: Endings of pictures, as they are kept.
PICTURES = frozenset({"png", "jpg", "webp"})


def path_of_file(_document: Document, name: str) -> str:
    """Keep a file under its own name in a folder that nobody can guess before the document is published."""
    return f"documents/{new_secret()}/{name}"


class DocumentQuerySet(models.QuerySet["Document"]):
    """Questions asked of the documents."""

    def public(self, at: dt.datetime | None = None) -> DocumentQuerySet:
        """Documents that visitors can see: their moment has come, and their session can be seen."""
        now = at or timezone.now()
        is_free = models.Q(session__isnull=True) | models.Q(session__in=Session.objects.public(now))
        return self.filter(or_previewed(models.Q(published_at__lte=now) & is_free, "event"))

    def in_order(self) -> DocumentQuerySet:
        """Sort as organizers have put them, within an edition."""
        return self.order_by("position", "published_at", "id")


class Document(models.Model):
    """A file kept here, or a link to what is kept elsewhere, of an edition or of one of its sessions."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="documents", verbose_name=_("edition"))
    session = models.ForeignKey(
        Session,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="documents",
        verbose_name=_("session"),
        help_text=_("It is then listed on the page of the session, and not shown before it."),
    )
    kind = models.CharField(_("type"), max_length=12, choices=DocumentKind.choices, default=DocumentKind.OTHER)
    title = bilingual(models.CharField(_("title"), max_length=300))
    description = bilingual(models.TextField(_("description"), max_length=600))
    file = models.FileField(_("file"), upload_to=path_of_file, max_length=250, blank=True)
    file_size = models.PositiveBigIntegerField(default=0, editable=False)  # bytes
    file_widths = models.JSONField(default=dict, blank=True, editable=False)  # of a picture
    picture_width = models.PositiveIntegerField(null=True, blank=True, editable=False)  # pixels
    picture_height = models.PositiveIntegerField(null=True, blank=True, editable=False)
    url = models.URLField(_("link"), max_length=500, blank=True, help_text=_("In place of a file."))
    languages = models.JSONField(
        _("languages"), default=list, blank=True, validators=[validate_languages], help_text=_("Codes, such as en.")
    )
    position = models.PositiveIntegerField(_("position"), default=1)
    published_at = models.DateTimeField(
        _("moment of publication"),
        null=True,
        blank=True,
        help_text=_("A draft while empty; not shown before this moment."),
    )

    objects = DocumentQuerySet.as_manager()

    class Meta:
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        ordering = ["event", "position", "published_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=has_any("title"),
                name="document_has_a_title",
                violation_error_message=_("Enter the title in at least one language."),
            ),
            models.CheckConstraint(
                condition=models.Q(file="") ^ models.Q(url=""),
                name="document_is_a_file_or_a_link",
                violation_error_message=_("Give either a file or a link."),
            ),
            models.CheckConstraint(condition=models.Q(kind__in=DocumentKind.values), name="document_kind_is_known"),
        ]

    def __str__(self) -> str:
        return str(self.title)

    def clean(self) -> None:
        """Refuse the session of another edition."""
        super().clean()
        if self.session and self.event_id and self.session.event_id != self.event_id:
            raise ValidationError({"session": _("This session belongs to another edition.")})

    @property
    def address(self) -> str:
        """Where it is read: the file's address, or the link."""
        return str(self.file.url) if self.file else self.url

    @property
    def extension(self) -> str:
        """What the file is called by its kind: "PDF"; "" for a link."""
        return PurePosixPath(self.file.name).suffix[1:].upper() if self.file else ""

    @property
    def is_picture(self) -> bool:
        """Whether it is a file that pages can show."""
        return self.extension.lower() in PICTURES
