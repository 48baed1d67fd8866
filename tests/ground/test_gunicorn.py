"""How gunicorn is told to serve."""

from __future__ import annotations

import re
from pathlib import Path

SETTINGS = Path(__file__).resolve().parents[2] / "deploy/gunicorn.conf.py"
LONGEST_OF_PROXIES = 60


def test_connections_stay_open_longer_than_proxies_keep_them():
    found = re.search(r"^keepalive = (\d+)", SETTINGS.read_text(), re.MULTILINE)

    assert found
    assert int(found[1]) > LONGEST_OF_PROXIES
