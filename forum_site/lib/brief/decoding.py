"""Turns the bytes of a brief into text, whatever program has written them."""

from __future__ import annotations

import codecs
import re
import unicodedata

from django.utils.translation import gettext_lazy as _

from .errors import BriefError

MAX_BYTES = 1024 * 1024
LINE_ENDS = re.compile("\r\n|[\r\v\f\x85\u2028\u2029]")
# Control characters that no text file has; \x1a is the old end-of-file mark of DOS.
BINARY = re.compile("[\x00-\x08\x0e-\x19\x1b-\x1f]")


def decode_brief(data: bytes) -> str:
    """The text of an uploaded brief, with line ends as ``\\n`` and without byte order mark.

    Understands UTF-8, UTF-16 with byte order mark, and GB18030 (with GBK and GB2312).
    Raises BriefError for files over 1 MB and for files that are not text in one of these encodings.
    """
    if len(data) > MAX_BYTES:
        raise BriefError(_("The file is larger than 1 MB. A brief is a short text file."))
    text = _decode(data)
    if BINARY.search(text):
        raise BriefError(_("The file is not a text file. Save the brief as plain text (UTF-8) and try again."))
    return normalise_line_ends(text.rstrip("\x1a"))


def normalise_line_ends(text: str) -> str:
    """Windows, old Mac and Unicode line ends become ``\\n``; a byte order mark is dropped."""
    return LINE_ENDS.sub("\n", text.removeprefix("\ufeff"))


def _decode(data: bytes) -> str:
    try:
        if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            return data.decode("utf-16")
        return _decode_utf8_or_gb18030(data)
    except UnicodeDecodeError:
        raise BriefError(_("The file uses an unknown encoding. Save the brief as UTF-8 and try again.")) from None


def _decode_utf8_or_gb18030(data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("gb18030")
        if not _looks_chinese(text):
            raise
        return text


def _looks_chinese(text: str) -> bool:
    # Western 8-bit files decode as GB18030 too, but into rare characters: real Chinese is mostly GB2312.
    foreign = [character for character in text if not character.isascii() and not character.isspace()]
    common = sum(1 for character in foreign if _is_gb2312(character))
    return common * 3 >= len(foreign) and not any(unicodedata.category(character) == "Co" for character in foreign)


def _is_gb2312(character: str) -> bool:
    try:
        character.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True
