"""Tables for spreadsheets, in which no cell of ours becomes a formula."""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import Any

from forum_site.lib.xml_texts import for_xml

BOM = "\ufeff"  # without it Excel takes UTF-8 for the code page of the machine
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")  # https://owasp.org/www-community/attacks/CSV_Injection
_NOT_IN_TITLES = re.compile(r"[\[\]:*?/\\]")
TITLE_LENGTH = 31

Row = Sequence[Any]


def csv_rows(header: Row, rows: Iterable[Row]) -> Iterator[bytes]:
    """The table in UTF-8 with a mark by which Excel knows it, one line after the other, for a streaming answer."""
    yield BOM.encode() + _csv_line(header)
    for row in rows:
        yield _csv_line(row)


def xlsx_bytes(header: Row, rows: Iterable[Row], *, title: str) -> bytes:
    """A workbook with one sheet, its header bold and fixed. Moments keep the time of day they have in their zone."""
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    sheet = book.create_sheet(_NOT_IN_TITLES.sub(" ", title)[:TITLE_LENGTH] or "1")
    sheet.freeze_panes = "A2"
    _set_widths(sheet, header)
    sheet.append(_bold(sheet, header))
    for row in rows:
        sheet.append([harmless(value) for value in row])
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def harmless(value: Any) -> Any:
    """The value of a cell: numbers, days and moments stay what they are, text is never a formula, None is ""."""
    if value is None:
        return ""
    if isinstance(value, dt.datetime):
        return value.replace(tzinfo=None, microsecond=0)
    if isinstance(value, bool | int | float | Decimal | dt.date | dt.time):
        return value
    text = for_xml(value)
    return f"'{text}" if text.startswith(FORMULA_SIGNS) else text


def _csv_line(row: Row) -> bytes:
    target = io.StringIO()
    csv.writer(target).writerow([harmless(value) for value in row])
    return target.getvalue().encode()


def _bold(sheet: Any, header: Row) -> list[Any]:
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Font

    cells = [WriteOnlyCell(sheet, value=harmless(value)) for value in header]
    for cell in cells:
        cell.font = Font(bold=True)
    return cells


def _set_widths(sheet: Any, header: Row) -> None:
    from openpyxl.utils import get_column_letter

    for number, label in enumerate(header, start=1):
        sheet.column_dimensions[get_column_letter(number)].width = max(14, min(40, len(str(label)) + 4))


def pasted_rows(text: str) -> list[list[str]]:
    """The rows of a table that was pasted or saved as CSV: split at tabs, else semicolons, else commas.

    Quotation marks hold cells together, unless one that is never closed would make a cell of the whole rest.
    """
    lines = text.removeprefix(BOM).replace("\r\n", "\n").replace("\r", "\n")
    first = next((line for line in lines.split("\n") if line.strip()), "")
    sign = next((sign for sign in ("\t", ";", ",", "，") if sign in first), ",")
    try:
        rows = list(csv.reader(io.StringIO(lines), delimiter=sign))
    except csv.Error:
        rows = [line.split(sign) for line in lines.split("\n")]
    return [[cell.strip() for cell in row] for row in rows if any(cell.strip() for cell in row)]


def workbook_rows(file: Any, *, most: int) -> list[list[str]]:
    """The rows of the first sheet of a workbook, at most so many; ``ValueError`` where it is none."""
    from openpyxl import load_workbook

    try:
        book = load_workbook(file, read_only=True, data_only=True)
        sheet = book.worksheets[0]
        rows = [["" if cell is None else str(cell).strip() for cell in row] for row in _first(sheet, most)]
    except Exception as error:  # the library raises what the parts inside raise: zip, XML, key and type errors
        raise ValueError("not a workbook") from error
    return [row for row in rows if any(row)]


def _first(sheet: Any, most: int) -> Iterator[Any]:
    return sheet.iter_rows(max_row=most, max_col=50, values_only=True)
