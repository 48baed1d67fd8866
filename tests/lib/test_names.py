import pytest

from forum_site.lib.names import Monogram, fnv1a, initials, monogram, person_initials, tint


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Amara Okonjo-Vale", "AO"),
        ("Ingrid Solvang-Marr", "IS"),
        ("Tomás Ribera Quill", "TQ"),
        ("LIN Qinghe", "LQ"),
        ("林清河", "林"),
        ("SHEN Yuebai 沈月白", "沈"),
        ("鈴森海斗", "鈴"),
        ("阿玛拉·奥孔乔-韦尔", "阿"),
        ("Dr. Ursula von der Berg", "UB"),
        ("H.E. Prof. Élodie de la Tour, PhD", "ÉT"),
        ("von Neumann", "N"),
        ("“Bo” Lund", "BL"),
        ("Sukarno", "S"),
        ("HE Kaiming", "HK"),
        ("bell hooks", "BH"),
        ("Ministry of Science (MoS)", "MS"),
        ("", ""),
        ("  ", ""),
    ],
)
def test_initials_are_first_and_last(name, expected):
    assert initials(name) == expected


@pytest.mark.parametrize(
    ("latin", "printed", "expected"),
    [
        ("LIN Qinghe", ["LIN Qinghe", "林清河"], "林"),
        ("BAEK Seorin", ["BAEK Seorin", "백서린"], "백"),
        ("Beate Trankmann", ["Beate Trankmann", ""], "BT"),
        ("Beate Trankmann", ["白雅婷", "Beate Trankmann"], "白"),
        ("Amara Okonjo-Vale", ["阿玛拉·奥孔乔-韦尔", "Amara Okonjo-Vale"], "AO"),
        ("Amara Okonjo-Vale", [], "AO"),
        ("", ["阿玛拉·奥孔乔-韦尔", ""], "阿"),
        ("", [], ""),
    ],
)
def test_person_initials_are_of_the_printed_names(latin, printed, expected):
    assert person_initials(latin, *printed) == expected


def test_tint_stays_the_same():
    assert [tint(key) for key in ("lin-qinghe", "amara", "")] == [7, 0, 1]


def test_tint_uses_every_tint():
    assert {tint(f"person-{number}") for number in range(100)} == set(range(8))


@pytest.mark.parametrize(
    ("text", "value"), [("", 0x811C9DC5), ("a", 0xE40C292C), ("foobar", 0xBF9CF968)]
)  # published test vectors
def test_fnv1a_matches_the_published_values(text, value):
    assert fnv1a(text) == value


@pytest.mark.parametrize(
    ("short_name", "name", "expected"),
    [
        ("UNDP", "United Nations Development Programme", Monogram("UNDP")),
        ("", "United Nations Development Programme (UNDP)", Monogram("UNDP")),
        ("", "清华大学人工智能国际治理研究院（I-AIIG）", Monogram("I-AIIG")),
        ("", "UN Women", Monogram("UN Women", is_whole_name=True)),
        ("UN Women", "UN Women", Monogram("UN Women", is_whole_name=True)),
        ("", "清华大学", Monogram("清华大学", is_whole_name=True)),
        ("", "Center for AI Governance (Beijing)", Monogram("CG", is_quiet=True)),
        ("", "中国科学技术协会国家传播研究中心", Monogram("中", is_quiet=True)),
        ("", "SPARK UNDP SDG Innovation Lab | Chengdu", Monogram("SL", is_quiet=True)),
        ("", "", Monogram("", is_whole_name=True)),
    ],
)
def test_monogram_invents_no_acronym(short_name, name, expected):
    assert monogram(short_name, name) == expected
