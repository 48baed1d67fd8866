"""Tables of registrations for organizers: of those chosen in the list, or of a whole edition."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _

from forum_site.accounts.permissions import event_ids_for
from forum_site.accounts.scoped_admin import ScopedAdmin
from forum_site.lib.files import CONTENT_TYPES
from forum_site.lib.tabular import csv_rows, xlsx_bytes
from registrations import exporters
from registrations.models import Registration


class ExportPages(ScopedAdmin):
    """Adds the exports to the pages of registrations."""

    def get_urls(self) -> list[URLPattern]:
        """Add the export of a whole edition."""
        view = self.admin_site.admin_view(self.export_edition)
        name = "registrations_registration_export"
        return [path("export/<int:event_id>.<str:kind>", view, name=name), *super().get_urls()]

    def export_edition(self, request: HttpRequest, event_id: int, kind: str) -> HttpResponse:
        """Send all registrations of one edition."""
        ids = event_ids_for(request.user, self.changes)
        if kind not in {"csv", "xlsx"} or (ids is not None and event_id not in ids):
            raise Http404
        return self._export(request, Registration.objects.filter(event=event_id), kind)

    @admin.action(description=_("Export as CSV"), permissions=["change"])
    def export_csv(self, request: HttpRequest, queryset: QuerySet[Registration]) -> HttpResponse:
        """Send the chosen ones as a text table."""
        return self._export(request, queryset, "csv")

    @admin.action(description=_("Export as a spreadsheet"), permissions=["change"])
    def export_xlsx(self, request: HttpRequest, queryset: QuerySet[Registration]) -> HttpResponse:
        """Send the chosen ones as a workbook."""
        return self._export(request, queryset, "xlsx")

    def _export(self, request: HttpRequest, queryset: QuerySet[Registration], kind: str) -> HttpResponse:
        ids = event_ids_for(request.user, self.changes)
        allowed = queryset if ids is None else queryset.filter(event__in=ids)
        questions = exporters.questions_for(allowed, request.user)
        header, rows = exporters.header(questions), exporters.rows(allowed, questions)
        if kind == "csv":
            response: Any = StreamingHttpResponse(csv_rows(header, rows), content_type="text/csv; charset=utf-8")
        else:
            response = HttpResponse(
                xlsx_bytes(header, rows, title=str(_("Registrations"))), content_type=CONTENT_TYPES["xlsx"]
            )
        response["Content-Disposition"] = f'attachment; filename="registrations.{kind}"'
        response["Cache-Control"] = "no-store"
        return response
