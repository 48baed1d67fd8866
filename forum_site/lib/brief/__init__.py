"""Reads the text brief of a forum: theme, dates, form, partners and background, as this community prints them.

Pure functions: nothing here touches the database. What is not understood is kept and handed back.
"""

from .decoding import decode_brief
from .errors import BriefError
from .names_match import candidates, match_key
from .reader import read_brief
from .records import Brief, BriefLabel, BriefLine, BriefParagraph, BriefPartner

__all__ = [
    "Brief",
    "BriefError",
    "BriefLabel",
    "BriefLine",
    "BriefParagraph",
    "BriefPartner",
    "candidates",
    "decode_brief",
    "match_key",
    "read_brief",
]
