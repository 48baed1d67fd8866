"""QR codes as drawings."""

from __future__ import annotations

import io

import segno


def qr_svg(text: str) -> bytes:
    """Return the QR code of a text as an SVG document in UTF-8: black on white in any scheme, with its quiet zone.

    A quarter of it may be damaged where the text is short; long texts get the plainest code, to stay readable.
    """
    code = segno.make(text, error="m" if len(text) < 200 else "l", micro=False, boost_error=False)
    drawing = io.BytesIO()
    code.save(drawing, kind="svg", border=4, dark="#000", light="#fff", omitsize=True, xmldecl=False, nl=False)
    return drawing.getvalue()
