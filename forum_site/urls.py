"""All addresses of the site."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path, re_path

from forum_site.pages import views as pages
from forum_site.pages.media import media

urlpatterns = [
    path("", pages.root, name="root"),
    path("", include("forum_site.pages.machine_urls")),
    path("i18n/", include("django.conf.urls.i18n")),
    path("accounts/", include("forum_site.accounts.urls")),
    path("admin/", admin.site.urls),
    *([path("mail/events/", include("forum_site.mail.urls"))] if settings.MAIL_EVENTS_SECRET else []),
    re_path(r"^media/(?P<path>.+)$", media, name="media"),
    *i18n_patterns(
        path("", include("registrations.urls")),
        path("", include("partners.urls")),
        path("", include("forum_site.pages.urls")),
        path("", include("events.urls")),
        prefix_default_language=True,
    ),
    re_path(r"^(?!en/|zh-hans/)(?P<code>[A-Za-z]{2}(?:-[A-Za-z]{2,4})*)/(?P<rest>.*)$", pages.other_spelling),
]

handler400 = "forum_site.pages.views.bad_request"
handler403 = "forum_site.pages.views.forbidden"
handler404 = "forum_site.pages.views.not_found"
handler500 = "forum_site.pages.views.server_error"
