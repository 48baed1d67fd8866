"""QR codes."""

from xml.etree import ElementTree

from forum_site.lib.qr import qr_svg


def test_code_is_a_small_drawing_without_anything_of_the_text():
    drawing = qr_svg("https://forum.example.org/en/?a=1&b=<script>")

    root = ElementTree.fromstring(drawing)
    assert root.tag == "{http://www.w3.org/2000/svg}svg"
    assert root.attrib["viewBox"]
    assert b"script" not in drawing
    assert len(drawing) < 4000


def test_long_text_gets_the_plainest_code():
    assert len(qr_svg("https://forum.example.org/?mine=" + "0123abcd-" * 80)) < 20_000
