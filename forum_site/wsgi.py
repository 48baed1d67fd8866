"""The WSGI application that gunicorn serves."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "forum_site.settings")

application = get_wsgi_application()

from forum_site.pages.cache.front import kept_pages  # noqa: E402 - needs the settings that Django has just read

application = kept_pages(application)
