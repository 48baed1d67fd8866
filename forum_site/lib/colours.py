"""Colours: contrast after WCAG 2, oklch after Björn Ottosson, and the accent an organizer may pick.

Colours are "#rrggbb". The paper, ink and tint are those of the site's two schemes.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass

from django.utils.translation import gettext as _

LIGHT_PAPER, DARK_PAPER = "#FBFAF6", "#0E1220"
LIGHT_INK = "#FFFFFF"
DARK_INK_LIGHTNESS, DARK_INK_CHROMA = 0.20, 0.07
LIGHT_RANGE, DARK_RANGE = (0.30, 0.45), (0.76, 0.84)
LIGHT_TINT, DARK_TINT = 0.07, 0.10  # share of the accent in the tint
TEXT_CONTRAST, RING_CONTRAST = 4.5, 3.0


@dataclass(frozen=True)
class AccentScheme:
    """An accent for light and dark, each with the colour of text that lies on it."""

    light: str
    light_ink: str
    dark: str
    dark_ink: str


HOUSE_ACCENT = AccentScheme(light="#4C2A8F", light_ink="#FFFFFF", dark="#BCA8F6", dark_ink="#170D33")


def is_colour(text: str) -> bool:
    """Whether the text is "#rrggbb"."""
    return bool(re.fullmatch(r"#[0-9A-Fa-f]{6}", text))


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours, from 1 to 21."""
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def accent_scheme(accent: str) -> AccentScheme:
    """The accent of both schemes: hue and chroma are kept, the lightness is brought into the scheme's range.

    The accent of the house has a twin chosen by eye.
    """
    if accent.upper() == HOUSE_ACCENT.light:
        return HOUSE_ACCENT
    _lightness, chroma, hue = to_oklch(accent)
    return AccentScheme(
        light=_with_lightness(accent, *LIGHT_RANGE),
        light_ink=LIGHT_INK,
        dark=_with_lightness(accent, *DARK_RANGE),
        dark_ink=from_oklch(DARK_INK_LIGHTNESS, min(chroma, DARK_INK_CHROMA), hue),
    )


def accent_problems(accent: str) -> list[str]:
    """Translated sentences with the figure that is missed; empty if the accent may be used as it is entered.

    The accent as entered is measured in the light scheme, its lighter twin in the dark one.
    """
    if not is_colour(accent):
        return [_("Enter a colour as # and six figures, for example #4C2A8F.")]
    return _light_problems(accent) + _dark_problems(accent_scheme(accent))


def nearest_accent(accent: str) -> str:
    """The colour nearest to the wanted one that has no problems: lightness first, then less chroma."""
    if not accent_problems(accent):
        return accent.upper()
    lightness, chroma, hue = to_oklch(accent)
    start = min(max(lightness, LIGHT_RANGE[0]), LIGHT_RANGE[1])
    for share in range(20, -1, -1):
        for darker in range(16):
            candidate = from_oklch(max(LIGHT_RANGE[0], start - darker * 0.01), chroma * share / 20, hue)
            if not accent_problems(candidate):
                return candidate
    return HOUSE_ACCENT.light


def to_oklch(colour: str) -> tuple[float, float, float]:
    """Lightness 0 to 1, chroma 0 to about 0.37, hue in degrees."""
    lightness, a, b = _to_oklab(colour)
    return lightness, math.hypot(a, b), math.degrees(math.atan2(b, a)) % 360


def from_oklch(lightness: float, chroma: float, hue: float) -> str:
    """The colour; chroma is lowered until it can be shown on every screen."""
    inside, outside = 0.0, chroma
    if _is_shown(_linear(lightness, chroma, hue)):
        inside = chroma
    else:
        for _step in range(24):
            middle = (inside + outside) / 2
            inside, outside = (middle, outside) if _is_shown(_linear(lightness, middle, hue)) else (inside, middle)
    return _hex(_linear(lightness, inside, hue))


def mix(one: str, other: str, share: float) -> str:
    """As CSS `color-mix(in oklab, one share, other)`."""
    first, second = _to_oklab(one), _to_oklab(other)
    lightness, a, b = (x * share + y * (1 - share) for x, y in zip(first, second, strict=True))
    return from_oklch(lightness, math.hypot(a, b), math.degrees(math.atan2(b, a)))


def _light_problems(accent: str) -> list[str]:
    tint = mix(accent, LIGHT_PAPER, LIGHT_TINT)
    return _too_low(
        (contrast(accent, LIGHT_PAPER), _("on the page in the light scheme")),
        (contrast(accent, tint), _("on tinted strips in the light scheme")),
        (contrast(LIGHT_INK, accent), _("of white text on buttons")),
    )


def _dark_problems(scheme: AccentScheme) -> list[str]:
    tint = mix(scheme.dark, DARK_PAPER, DARK_TINT)
    return _too_low(
        (contrast(scheme.dark, DARK_PAPER), _("on the page in the dark scheme")),
        (contrast(scheme.dark, tint), _("on tinted strips in the dark scheme")),
        (contrast(scheme.dark_ink, scheme.dark), _("of dark text on buttons")),
    )


def _too_low(*measured: tuple[float, str]) -> list[str]:
    """The focus ring needs 3 and lies on the page, which the first figure covers."""
    sentence = _("The contrast %(where)s is %(ratio).1f; it must be at least %(needed).1f.")
    return [
        sentence % {"where": where, "ratio": math.floor(ratio * 10) / 10, "needed": TEXT_CONTRAST}
        for ratio, where in measured
        if ratio < max(TEXT_CONTRAST, RING_CONTRAST)
    ]


def _with_lightness(colour: str, lowest: float, highest: float) -> str:
    lightness, chroma, hue = to_oklch(colour)
    return from_oklch(min(max(lightness, lowest), highest), chroma, hue)


def _channels(colour: str) -> tuple[float, float, float]:
    red, green, blue = (_to_linear(int(colour[at : at + 2], 16) / 255) for at in (1, 3, 5))
    return red, green, blue


def _to_linear(value: float) -> float:
    return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4


def _from_linear(value: float) -> float:
    return 12.92 * value if value <= 0.0031308 else 1.055 * value ** (1 / 2.4) - 0.055


def _luminance(colour: str) -> float:
    red, green, blue = _channels(colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _to_oklab(colour: str) -> tuple[float, float, float]:
    r, g, b = _channels(colour)
    long = math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b)
    medium = math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b)
    short = math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b)
    return (
        0.2104542553 * long + 0.7936177850 * medium - 0.0040720468 * short,
        1.9779984951 * long - 2.4285922050 * medium + 0.4505937099 * short,
        0.0259040371 * long + 0.7827717662 * medium - 0.8086757660 * short,
    )


def _linear(lightness: float, chroma: float, hue: float) -> tuple[float, float, float]:
    a, b = chroma * math.cos(math.radians(hue)), chroma * math.sin(math.radians(hue))
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    medium = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    return (
        4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short,
    )


def _is_shown(channels: tuple[float, float, float]) -> bool:
    return all(-0.0005 <= channel <= 1.0005 for channel in channels)


def _hex(channels: tuple[float, float, float]) -> str:
    return "#" + "".join(f"{round(255 * _from_linear(min(1.0, max(0.0, channel)))):02X}" for channel in channels)
