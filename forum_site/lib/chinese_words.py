"""Where a line of a Chinese heading may break: between words, which Chinese does not mark.

Browsers break Chinese after any character, so that a heading of two lines cuts words in half. A list of the words that
such headings are made of is enough: what it does not know is mostly a name, and stays whole.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

LIST = Path(__file__).with_name("chinese_words.txt")
#: Characters that end a phrase, and such that begin one.
ENDS, BEGINS = frozenset("的之地得了们等化性者"), frozenset("与和及暨或在为对向从以将让可")
#: Unknown characters in a row up to here are taken for a name; more of them may break after every second one.
LONGEST_NAME = 7
KNOWN, PARTICLE, UNKNOWN = 1.0, 1.2, 1.6
_HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]+")
_CLOSING = re.compile(r"[^\w\s“‘（《〈【「『〔(\[{]*\s*")
_NUMBER = re.compile(r"第[一二三四五六七八九十百]{1,3}(?:届|次|部分|场|天|期|章|节|阶段)?")


def chinese_pieces(text: str) -> list[str]:
    """Return the pieces between which a line may break; joined they are the text.

    Punctuation stays with the word that it closes or opens, figures and Latin words with the Chinese word after them;
    they break at their own spaces. A text without Chinese is one piece.
    """
    pieces = [""]
    end = 0
    for run in _HAN.finditer(text):
        closing, opening = _divided(text[end : run.start()])
        first, *others = _phrases(_words(run.group()))
        pieces[-1] += closing
        pieces += [opening + first, *others]
        end = run.end()
    pieces[-1] += text[end:]
    return [piece for piece in pieces if piece]


def is_han(sign: str) -> bool:
    """Whether it is a Chinese character."""
    return bool(_HAN.fullmatch(sign))


def _divided(between: str) -> tuple[str, str]:
    closing = _CLOSING.match(between)
    place = closing.end() if closing else 0
    return between[:place], between[place:]


def _words(run: str) -> list[str]:
    """Cut a run of characters into words at the least cost: a few known words rather than many unknown characters."""
    costs, starts = [0.0], [0]
    for end in range(1, len(run) + 1):
        ways = range(max(0, end - _longest()), end)
        cost, start = min((costs[start] + _cost(run[start:end]), start) for start in ways)
        costs.append(cost)
        starts.append(start)
    words: list[str] = []
    end = len(run)
    while end:
        words.insert(0, run[starts[end] : end])
        end = starts[end]
    return words


def _cost(word: str) -> float:
    if word in _known() or _NUMBER.fullmatch(word):
        return KNOWN
    if len(word) > 1:
        return float("inf")
    return PARTICLE if word in ENDS or word in BEGINS else UNKNOWN


def _phrases(words: list[str]) -> list[str]:
    """Join particles to the words they belong to, and unknown characters in a row to a name."""
    phrases: list[str] = []
    name = beginning = ""
    for word in [*words, ""]:
        if len(word) == 1 and word not in ENDS and word not in BEGINS:
            name += word
            continue
        if len(name) == 1 and phrases and not beginning:
            phrases[-1] += name
        elif name:
            phrases += _named(beginning + name)
        if name:
            name = beginning = ""
        if word in ENDS and phrases and not beginning:
            phrases[-1] += word
        elif word in BEGINS:
            beginning += word
        elif word or beginning:
            phrases.append(beginning + word)
            beginning = ""
    return phrases


def _named(characters: str) -> list[str]:
    if len(characters) <= LONGEST_NAME:
        return [characters]
    return [characters[place : place + 2] for place in range(0, len(characters), 2)]


@cache
def _known() -> frozenset[str]:
    lines = LIST.read_text(encoding="utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())


@cache
def _longest() -> int:
    return max(map(len, _known()))
