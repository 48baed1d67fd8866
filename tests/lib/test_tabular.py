import csv
import datetime as dt
import io
from zoneinfo import ZoneInfo

import pytest
from django.utils.translation import gettext_lazy
from openpyxl import load_workbook

from forum_site.lib.tabular import csv_rows, harmless, pasted_rows, xlsx_bytes

MOMENT = dt.datetime(2026, 12, 10, 9, 0, 0, 5, tzinfo=ZoneInfo("Asia/Shanghai"))
HEADER = ["Name", gettext_lazy("Seats"), "Confirmed"]
ROWS = [["林清河", 12, MOMENT], ["=1+1", -3, None], ['Quill, "Tomás"\nRibera', 0.5, dt.date(2026, 12, 10)]]


def _read(content):
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def test_csv_reads_back():
    assert _read(b"".join(csv_rows(HEADER, ROWS))) == [
        ["Name", "Seats", "Confirmed"],
        ["林清河", "12", "2026-12-10 09:00:00"],
        ["'=1+1", "-3", ""],
        ['Quill, "Tomás"\nRibera', "0.5", "2026-12-10"],
    ]


def test_csv_opens_in_excel():
    assert list(csv_rows(["姓名"], [])) == [b"\xef\xbb\xbf\xe5\xa7\x93\xe5\x90\x8d\r\n"]


def test_csv_rows_waits_for_each_row():
    rows = iter([[1], [2], [3]])
    lines = csv_rows(["Number"], rows)

    assert [next(lines), next(lines)] == [b"\xef\xbb\xbfNumber\r\n", b"1\r\n"]
    assert list(rows) == [[2], [3]]


@pytest.mark.parametrize("text", ["=cmd()", "+86 10", "-1+2", "@SUM(A1)", "\t=1", "\r=1", "\x00=1"])
def test_harmless_text_is_never_a_formula(text):
    assert harmless(text).startswith("'")


@pytest.mark.parametrize("value", [-1, 2.5, True, dt.date(2026, 1, 1), "A-1", "a@example.org", ""])
def test_harmless_leaves_other_values_alone(value):
    assert harmless(value) == value


def test_xlsx_bytes_reads_back():
    sheet = load_workbook(io.BytesIO(xlsx_bytes(HEADER, ROWS, title="Registrations"))).active

    assert sheet.title == "Registrations"
    assert [list(row) for row in sheet.iter_rows(values_only=True)] == [
        ["Name", "Seats", "Confirmed"],
        ["林清河", 12, dt.datetime(2026, 12, 10, 9, 0)],
        ["'=1+1", -3, None],
        ['Quill, "Tomás"\nRibera', 0.5, dt.datetime(2026, 12, 10)],
    ]
    assert sheet["A1"].font.bold
    assert sheet.freeze_panes == "A2"
    assert sheet["A3"].data_type == "s"


def test_xlsx_bytes_takes_any_title_and_text():
    content = xlsx_bytes(["a\x00b"], [["\x1bx\ufffe\uffff"]], title="2026/12 [all]: " + "x" * 40)
    sheet = load_workbook(io.BytesIO(content)).active

    assert len(sheet.title) == 31
    assert [cell.value for cell in sheet["A"]] == ["ab", "x"]


def test_a_quotation_mark_that_is_never_closed_holds_no_lines_together():
    lines = ['"Ann\tann@example.org', *["Bo\tbo@example.org"] * 10_000]

    rows = pasted_rows("\n".join(lines))

    assert (len(rows), rows[0], rows[-1]) == (10_001, ['"Ann', "ann@example.org"], ["Bo", "bo@example.org"])
