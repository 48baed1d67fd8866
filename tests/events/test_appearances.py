import pytest
from django.utils.translation import override

from events.enums import AppearanceRole
from events.models import Appearance


@pytest.mark.parametrize(
    ("fields", "language", "label"),
    [
        ({"label_en": "Welcome remarks"}, "en", "Welcome remarks"),
        ({"label_en": "Welcome remarks"}, "zh-hans", "欢迎致辞"),
        ({"label_en": "Welcome remarks #2"}, "zh-hans", "Welcome remarks #2"),
        ({"label_en": "Welcome remarks", "label_zh_hans": "致辞"}, "zh-hans", "致辞"),
        ({"label_zh_hans": "欢迎致辞"}, "en", "Welcome remarks"),
        ({}, "en", "Welcome remarks"),
    ],
)
def test_role_stands_as_printed_or_in_the_word_of_the_language(fields, language, label):
    appearance = Appearance(role=AppearanceRole.WELCOME, **fields)

    with override(language):
        assert appearance.role_label == label
