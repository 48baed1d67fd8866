"""A real SMTP server inside a test."""

from __future__ import annotations

import contextlib
import email
import email.policy
import threading
import time
from collections.abc import Iterator
from email.message import EmailMessage as ParsedMail
from typing import Any

from aiosmtpd.controller import Controller

from tests.processes import free_port


class Inbox:
    """Takes every mail; ``refuse`` answers RCPT TO, ``pause`` lets each mail take some seconds."""

    def __init__(self, refuse: str = "", pause: float = 0) -> None:
        self.refuse, self.pause = refuse, pause
        self.mails: list[ParsedMail] = []
        self.raw: list[bytes] = []
        self._arrived = threading.Condition()

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:  # noqa: N802
        if self.refuse:
            return self.refuse
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        import asyncio

        await asyncio.sleep(self.pause)
        with self._arrived:
            self.raw.append(envelope.content)
            self.mails.append(email.message_from_bytes(envelope.content, policy=email.policy.default))
            self._arrived.notify_all()
        return "250 OK"

    def wait_for(self, count: int, seconds: float = 60) -> None:
        """Return when so many mails have arrived; fail after so many seconds."""
        ends_at = time.monotonic() + seconds
        with self._arrived:
            while len(self.mails) < count:
                left = ends_at - time.monotonic()
                assert left > 0, f"{len(self.mails)} of {count} mails have arrived"
                self._arrived.wait(left)


@contextlib.contextmanager
def smtp_server(inbox: Inbox, port: int = 0) -> Iterator[int]:
    """Run the server; yields its port."""
    controller = Controller(inbox, hostname="127.0.0.1", port=port or free_port())
    controller.start()
    try:
        yield controller.port
    finally:
        controller.stop()
