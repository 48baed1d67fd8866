"""Keeps secrets out of the logs."""

from __future__ import annotations

import logging
import re

#: What stands before the secret of a personal address (/en/registrations/<secret>/…), a preview or a new password.
#: A test holds this against all addresses of the site, and the list in ``deploy/nginx.conf`` against this.
WORDS_BEFORE_SECRETS = (
    "registrations",
    "join",
    "invitations",
    "groups",
    "delegations",
    "transfers",
    "preview",
    "password/reset/key",
)
#: The secret behind such a word, or a sealed token in a query.
SECRET_IN_ADDRESS = re.compile(rf"(/(?:{'|'.join(WORDS_BEFORE_SECRETS)})/)[\w-]{{20,}}|([?&]\w+=)[\w-]{{60,}}=*")


def without_secrets(text: str) -> str:
    """Return the text with every secret of a personal address replaced by an ellipsis."""
    return SECRET_IN_ADDRESS.sub(lambda found: (found[1] or found[2]) + "…", text)


class HideSecrets(logging.Filter):
    """Blanks personal addresses in every record, also in its tracebacks."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Let every record pass, without its secrets."""
        record.msg, record.args = without_secrets(record.getMessage()), ()
        if record.exc_info and not record.exc_text:
            record.exc_text = without_secrets(logging.Formatter().formatException(record.exc_info))
        return True
