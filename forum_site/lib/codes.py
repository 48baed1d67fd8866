"""Random codes and secrets, and the forms in which they are looked up."""

from __future__ import annotations

import hashlib
import secrets

# Neither 0 O 1 I L, which are misread, nor A E U, with which random letters become words.
ALPHABET = "23456789BCDFGHJKMNPQRSTVWXYZ"
CODE_LENGTH = 8


def new_code() -> str:
    """A code that may be spoken and printed, like "7K2M-94QX"; 38 bits, so never a proof of identity."""
    return _grouped("".join(secrets.choice(ALPHABET) for _ in range(CODE_LENGTH)))


def clean_code(typed: str) -> str:
    """A typed or spoken code in the form of `new_code`: blanks, dashes and lower case do not matter."""
    return _grouped("".join(sign for sign in typed.upper() if sign.isalnum()))


def new_secret() -> str:
    """A secret for links and QR codes: 192 random bits in 32 characters that are safe in addresses."""
    return secrets.token_urlsafe(24)


def digest(secret: str) -> str:
    """SHA-256 of a secret in 64 hexadecimal digits, for storing and looking up."""
    return hashlib.sha256(secret.encode()).hexdigest()


def _grouped(signs: str) -> str:
    return "-".join(signs[start : start + 4] for start in range(0, len(signs), 4))
