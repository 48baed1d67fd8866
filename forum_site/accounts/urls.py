"""Addresses of sign-in: of allauth only what organizers need. Nobody signs up or changes a login address here.

What has to do with one-time codes and passkeys is imported when it is first asked for: its libraries take a sixth of
the memory of a web process, and visitors never need them.
"""

from collections.abc import Callable
from typing import Any

from allauth.account import views
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path, re_path
from django.utils.module_loading import import_string

#: Addresses below 2fa/, as in ``allauth.mfa.urls``, with the view of each; its name is that of the view with "mfa_".
SECOND_FACTORS = {
    "": "base.views.index",
    "authenticate/": "base.views.authenticate",
    "reauthenticate/": "base.views.reauthenticate",
    "totp/activate/": "totp.views.activate_totp",
    "totp/deactivate/": "totp.views.deactivate_totp",
    "recovery-codes/": "recovery_codes.views.view_recovery_codes",
    "recovery-codes/generate/": "recovery_codes.views.generate_recovery_codes",
    "recovery-codes/download/": "recovery_codes.views.download_recovery_codes",
    "webauthn/": "webauthn.views.list_webauthn",
    "webauthn/add/": "webauthn.views.add_webauthn",
    "webauthn/reauthenticate/": "webauthn.views.reauthenticate_webauthn",
    "webauthn/keys/<int:pk>/remove/": "webauthn.views.remove_webauthn",
    "webauthn/keys/<int:pk>/edit/": "webauthn.views.edit_webauthn",
    "webauthn/login/": "webauthn.views.login_webauthn",
}


def _later(route: str, name: str) -> URLPattern:
    view: Callable[..., HttpResponse] | None = None

    def imported(request: HttpRequest, **arguments: Any) -> HttpResponse:
        nonlocal view
        view = view or import_string(f"allauth.mfa.{name}")
        return view(request, **arguments)

    return path(f"2fa/{route}", imported, name=f"mfa_{name.rpartition('.')[2]}")


urlpatterns = [
    path("login/", views.login, name="account_login"),
    path("logout/", views.logout, name="account_logout"),
    path("inactive/", views.account_inactive, name="account_inactive"),
    path("signup/", views.signup, name="account_signup"),  # says that there is no sign-up
    path("reauthenticate/", views.reauthenticate, name="account_reauthenticate"),
    path("password/change/", views.password_change, name="account_change_password"),
    path("password/set/", views.password_set, name="account_set_password"),
    path("password/reset/", views.password_reset, name="account_reset_password"),
    path("password/reset/done/", views.password_reset_done, name="account_reset_password_done"),
    path("password/reset/key/done/", views.password_reset_from_key_done, name="account_reset_password_from_key_done"),
    re_path(
        r"^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        views.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    *(_later(route, name) for route, name in SECOND_FACTORS.items()),
]
