import pytest

from forum_site.lib.colours import (
    DARK_PAPER,
    LIGHT_PAPER,
    accent_problems,
    accent_scheme,
    contrast,
    from_oklch,
    is_colour,
    mix,
    nearest_accent,
    to_oklch,
)

PICKED = ["#FFD400", "#FF0000", "#00FF00", "#0000FF", "#FFFFFF", "#000000", "#808080", "#00AEEF", "#82318E"]


def test_contrast_is_that_of_wcag():
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.005)
    assert contrast("#4C2A8F", LIGHT_PAPER) == pytest.approx(9.9, abs=0.05)
    assert contrast("#123456", "#123456") == 1


def test_oklch_gives_the_published_values():
    assert to_oklch("#FF0000") == pytest.approx((0.62796, 0.25768, 29.234), abs=0.001)
    assert to_oklch("#FFFFFF")[0] == pytest.approx(1, abs=0.001)


@pytest.mark.parametrize("colour", PICKED)
def test_oklch_goes_there_and_back(colour):
    assert from_oklch(*to_oklch(colour)) == colour


def test_from_oklch_lowers_chroma_to_what_screens_show():
    lightness, chroma, hue = to_oklch(from_oklch(0.4, 0.4, 140))

    assert chroma < 0.2
    assert (lightness, hue) == pytest.approx((0.4, 140), abs=1)


def test_mix_is_that_of_css():
    assert mix("#4C2A8F", LIGHT_PAPER, 0.07) == "#EDEBF0"
    assert mix("#BCA8F6", DARK_PAPER, 0.10) == "#1C1F32"
    assert mix("#4C2A8F", "#131A30", 0.82) == "#41287D"


@pytest.mark.parametrize("colour", PICKED)
def test_accent_scheme_can_be_read_on_both_papers(colour):
    scheme = accent_scheme(colour)

    assert contrast(scheme.light, LIGHT_PAPER) >= 4.5
    assert contrast(scheme.light, scheme.light_ink) >= 4.5
    assert contrast(scheme.dark, DARK_PAPER) >= 4.5
    assert contrast(scheme.dark, scheme.dark_ink) >= 4.5
    assert 0.295 <= to_oklch(scheme.light)[0] <= 0.455
    assert 0.755 <= to_oklch(scheme.dark)[0] <= 0.845


def test_accent_scheme_of_the_house_is_as_drawn():
    scheme = accent_scheme("#4c2a8f")

    assert (scheme.light, scheme.light_ink, scheme.dark, scheme.dark_ink) == (
        "#4C2A8F",
        "#FFFFFF",
        "#BCA8F6",
        "#170D33",
    )


def test_accent_problems_name_the_figure():
    assert accent_problems("#4C2A8F") == []
    assert accent_problems("#FFD400")[0] == (
        "The contrast on the page in the light scheme is 1.3; it must be at least 4.5."
    )


@pytest.mark.parametrize("text", ["", "red", "#12345", "#12345G", "4C2A8F"])
def test_accent_problems_refuse_other_words(text):
    assert not is_colour(text)
    assert accent_problems(text) == ["Enter a colour as # and six figures, for example #4C2A8F."]


@pytest.mark.parametrize("colour", PICKED)
def test_nearest_accent_has_no_problems(colour):
    nearest = nearest_accent(colour)

    assert accent_problems(nearest) == []
    assert nearest == colour or accent_problems(colour)
