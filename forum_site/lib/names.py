"""What stands for a person or an organization where there is no picture."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

TINTS = 8
WHOLE_NAME_LENGTH = 12
# Words that do not count in initials. Not "HE" or "HON", which are family names as well.
TITLES = frozenset({"mr", "mrs", "ms", "miss", "mx", "dr", "prof", "professor", "sir", "dame", "lord", "lady", "the"})
TITLES |= {"h.e", "rev", "amb", "ambassador", "minister", "academician", "phd", "ph.d", "md", "jr", "sr"}
# Han, kana and Hangul: scripts in which the first sign of a name is its family name or stands for it.
_ONE_SIGN = re.compile(
    r"[\u3005\u3007\u3041-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3\uf900-\ufaff\U00020000-\U000323af]"
)
# Letters that Unicode does not decompose into a base letter and an accent.
_LETTERS = {"æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i"}
# At least two capitals, perhaps with digits, lower-case letters, dashes or ampersands: I-AIIG, UNESCO, UNDP, MoFA.
_ACRONYM = re.compile(r"[(（]\s*([A-Z][A-Za-z0-9&-]{1,11})\s*[)）]")


@dataclass(frozen=True)
class Monogram:
    """The mark of an organization without a logo.

    `is_whole_name`: the mark is the name itself, so no second line is printed under it.
    `is_quiet`: the mark is only initials nobody entered, for lists of the admin; pages set the name in its place.
    """

    text: str
    is_whole_name: bool = False
    is_quiet: bool = False

    @property
    def is_name(self) -> bool:
        """Whether a page sets the name itself where the mark would stand."""
        return self.is_whole_name or self.is_quiet


def initials(name: str) -> str:
    """The first Han character of a name that has one, else the first letters of its first and last word.

    Titles ("Dr", "H.E.") and lower-case particles ("von", "de la") do not count; "" for an empty name.
    A transliteration gives its first character too: see `person_initials`.
    """
    if han := _ONE_SIGN.search(name):
        return han[0]
    words = [word for word in _words(name) if _counts(word)] or _words(name)
    ends = words if len(words) < 2 else [words[0], words[-1]]
    return "".join(word[0] for word in ends).upper()[:2]


def person_initials(latin: str, *printed: str) -> str:
    """The first sign of a name printed beside them, else Latin initials, so that nothing stands there unexplained.

    A transliteration has a middle dot; it counts only where there is no Latin name.
    """
    own = (name for name in printed if _ONE_SIGN.search(name) and not re.search(r"[·・‧•]", name))
    return initials(next(own, "") or latin or "".join(printed[:1]))


def sorting_name(name: str) -> str:
    """The name as it is sorted and compared: without titles before it, without case and accents.

    The words keep the order in which they are printed: which of them is the family name, the name does not say.
    """
    words = name.split()
    while len(words) > 1 and words[0].rstrip(".,").casefold() in TITLES:
        words.pop(0)
    spaced = "".join(_LETTERS.get(sign, sign) for sign in unicodedata.normalize("NFKD", " ".join(words)).casefold())
    return "".join(sign for sign in spaced if not unicodedata.combining(sign))


def tint(key: str) -> int:
    """A number from 0 to 7 that stays the same for the same identifier, on every machine."""
    value = fnv1a(key)
    return (value ^ (value >> 16)) % TINTS


def monogram(short_name: str, name: str) -> Monogram:
    """The entered short name; else an acronym printed in brackets; else a name of up to 12 characters, whole.

    What is left gets a quiet mark of at most two initials, so that no acronym is made up.
    """
    short_name, name = short_name.strip(), name.strip()
    if short_name:
        return Monogram(short_name, is_whole_name=short_name == name)
    if printed := _printed_acronym(name):
        return Monogram(printed)
    if len(name) <= WHOLE_NAME_LENGTH:
        return Monogram(name, is_whole_name=True)
    return Monogram(initials(_unbracketed(name)) or initials(name), is_quiet=True)


def fnv1a(text: str) -> int:
    """32-bit FNV-1a of the text in UTF-8, by Fowler, Noll and Vo."""
    value = 0x811C9DC5
    for byte in text.encode():
        value = ((value ^ byte) * 0x01000193) & 0xFFFFFFFF
    return value


def _words(name: str) -> list[str]:
    """Words that begin with a letter or a figure, without what stands in brackets or after a comma."""
    head = re.split(r"[,，;|]", _unbracketed(name))[0]
    words = (re.sub(r"^[^\w]+", "", word) for word in re.split(r"[\s/·・]+", head))
    return [word for word in words if word]


def _counts(word: str) -> bool:
    plain = word.rstrip(".").lower()
    return plain not in TITLES and not word[0].islower()


def _unbracketed(name: str) -> str:
    return re.sub(r"[(（].*?[)）]", " ", unicodedata.normalize("NFC", name))


def _printed_acronym(name: str) -> str:
    for match in _ACRONYM.finditer(name):
        if sum(sign.isupper() for sign in match[1]) * 2 > len(match[1]):
            return match[1]
    return ""
