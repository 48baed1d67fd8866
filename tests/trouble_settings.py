"""The settings of the site with addresses more, at which something breaks: for looks at the pages that say so.

``running_site(url, DJANGO_SETTINGS_MODULE="tests.trouble_settings")`` serves it.
"""

from forum_site.settings import *  # noqa: F403

ROOT_URLCONF = "tests.trouble_urls"
