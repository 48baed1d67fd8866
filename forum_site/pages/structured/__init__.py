"""What search engines read about editions, sessions, people and organizations: schema.org in JSON-LD, built purely.

Builders take what a page has read anyway and ask for nothing more; a fact that is not known is left out.
"""

from forum_site.pages.structured.agents import organization_data, person_data
from forum_site.pages.structured.edition import edition_data
from forum_site.pages.structured.news import news_data
from forum_site.pages.structured.script import json_ld
from forum_site.pages.structured.session import agenda_data, home_sub_events, session_data

__all__ = [
    "agenda_data",
    "edition_data",
    "home_sub_events",
    "json_ld",
    "news_data",
    "organization_data",
    "person_data",
    "session_data",
]
