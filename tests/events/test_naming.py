import pytest

from events.domain.naming import PrintedName, printed_name
from events.models import Appearance, Speaker

LIN = Speaker(name_en="LIN Qinghe", name_zh_hans="林清河")
INGRID = Speaker(name_en="Ingrid Solvang", name_zh_hans="英格丽·索尔旺")
KAITO = Speaker(name_en="SUZUMORI Kaito", name_zh_hans="铃森海斗", native_name="鈴森海斗", native_language="ja")
BAEK = Speaker(name_en="BAEK Seorin", name_zh_hans="白瑞林", country="KR")
ENGLISH_ONLY = Speaker(name_en="Ada Speaker")
CHINESE_ONLY = Speaker(name_zh_hans="沈月白")


@pytest.mark.parametrize(
    ("person", "language", "name"),
    [
        (LIN, "en", PrintedName("LIN Qinghe", "en", "林清河", "zh-Hans")),
        (LIN, "zh-hans", PrintedName("林清河", "zh-Hans")),
        (INGRID, "en", PrintedName("Ingrid Solvang", "en")),
        (INGRID, "zh-hans", PrintedName("英格丽·索尔旺", "zh-Hans", "Ingrid Solvang", "en")),
        (KAITO, "en", PrintedName("SUZUMORI Kaito", "en", "鈴森海斗", "ja")),
        (KAITO, "zh-hans", PrintedName("铃森海斗", "zh-Hans", "鈴森海斗", "ja")),
        (BAEK, "en", PrintedName("BAEK Seorin", "en")),
        (BAEK, "zh-hans", PrintedName("白瑞林", "zh-Hans", "BAEK Seorin", "en")),
        (ENGLISH_ONLY, "zh-hans", PrintedName("Ada Speaker", "en")),
        (CHINESE_ONLY, "en", PrintedName("沈月白", "zh-Hans")),
    ],
)
def test_printed_name(person, language, name):
    assert printed_name(person, language) == name


def test_printed_name_of_an_appearance_is_the_one_of_that_day():
    appearance = Appearance(speaker=LIN, printed_name_en="LIN Q.")

    assert printed_name(appearance, "en") == PrintedName("LIN Q.", "en", "林清河", "zh-Hans")
    assert printed_name(appearance, "zh-hans") == PrintedName("林清河", "zh-Hans")
