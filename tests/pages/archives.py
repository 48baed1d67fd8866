"""Reading an archive as a browser with nothing but a disk does."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit


class PageReader(HTMLParser):
    """The identifiers of a page, and all its addresses with the elements they stand in."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.ids: set[str] = set()
        self.addresses: list[tuple[str, str]] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attrs):
        attributes = dict(attrs)
        if attributes.get("id"):
            self.ids.add(attributes["id"])
        for name in ("href", "src", "poster", "data", "action", "formaction"):
            if name in attributes:
                self.addresses.append((tag, attributes[name] or ""))
        for part in (attributes.get("srcset") or "").split(","):
            self.addresses += [(tag, part.split()[0])] if part.split() else []


def problems_of(folder: Path) -> list[str]:
    """Every link of every page and style sheet that leads to no file or no place of the archive, or to a root."""
    readers = {path: PageReader(path.read_text()) for path in folder.rglob("*.html")}
    found = []
    for path, reader in readers.items():
        for _tag, address in reader.addresses:
            found += [f"{path.relative_to(folder)}: {address}" for _ in range(not _leads(path, address, readers))]
    for sheet in folder.rglob("*.css"):
        for address in re.findall(r"url\([\"']?([^\"')]+)", sheet.read_text()):
            found += [f"{sheet.name}: {address}"] if not _leads(sheet, address, readers) else []
    return found


def _leads(path: Path, address: str, readers: dict[Path, PageReader]) -> bool:
    parts = urlsplit(address)
    if parts.scheme in {"http", "https", "mailto", "tel", "data"}:
        return True
    if parts.scheme or parts.netloc or parts.query or parts.path.startswith("/"):
        return False
    target = (path.parent / unquote(parts.path)).resolve() if parts.path else path
    if not target.is_file():
        return False
    return not parts.fragment or (target in readers and unquote(parts.fragment) in readers[target].ids)


def contents_of(folder: Path) -> dict[str, bytes]:
    """Every file with its content."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}
