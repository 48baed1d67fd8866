"""All settings of the forum site. Every value that differs between machines comes from the environment.

A value that cannot be understood stops the start and says its name: see ``forum_site/environment.py``.
"""

from pathlib import Path

from forum_site.environment import Environment

BASE_DIR = Path(__file__).resolve().parent.parent
env = Environment(BASE_DIR / ".env")

# --- The installation -------------------------------------------------------------------------------------------
DEBUG = env.flag("DEBUG", default=False)
VAR_DIR = env.folder("VAR_DIR", default=BASE_DIR / "var")
SECRET_KEY = env.secret("SECRET_KEY", debug=DEBUG)
SITE_URL = env.site_url("SITE_URL", default="http://127.0.0.1:8000")
IS_HTTPS = SITE_URL.startswith("https://")
ALLOWED_HOSTS = env.names("ALLOWED_HOSTS", default=[env.host_of(SITE_URL), "127.0.0.1", "localhost"])
CSRF_TRUSTED_ORIGINS = [SITE_URL]
TRUSTED_PROXY_COUNT = env.number("TRUSTED_PROXY_COUNT", default=0, least=0, most=10)

ROOT_URLCONF = "forum_site.urls"
WSGI_APPLICATION = "forum_site.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

INSTALLED_APPS = [
    "forum_site.admin_config.ForumAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django_countries",
    "django_q",
    "translated_fields",
    "forum_site.accounts",
    "forum_site.mail",
    "events",
    "partners",
    "registrations",
    "forum_site.pages",
]

MIDDLEWARE = [
    "forum_site.middleware.heads_only",
    "forum_site.pages.cache.middleware.page_cache",  # next: it keeps answers with everything that the others add
    "forum_site.pages.preview.preview",  # above everything that reads the path
    "forum_site.middleware.security_headers",
    "forum_site.middleware.database_trouble",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",  # with Django's random padding, so that secrets cannot be measured
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "events.middleware.follow_moves",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",  # lazy: public pages never ask who is looking
                "django.contrib.messages.context_processors.messages",
                "forum_site.pages.context.site",
            ],
        },
    }
]

# --- Data -------------------------------------------------------------------------------------------------------
DATABASES = {"default": env.database("DATABASE_URL", default=f"sqlite:///{VAR_DIR / 'forum.sqlite3'}")}
CACHES = {"default": env.cache("CACHE_URL", default="locmemcache://")}
# Whole pages stay in the memory of each web process: a stamp in the database says when they are out of date.
PAGE_CACHE_BYTES = 1024 * 1024 * env.number("PAGE_CACHE_MEGABYTES", default=16, least=0, most=1024)

# --- Languages and time -----------------------------------------------------------------------------------------
LANGUAGES = [("en", "English"), ("zh-hans", "中文")]
LANGUAGE_CODE = env.choice("LANGUAGE_CODE", default="en", among=[code for code, _ in LANGUAGES])
LOCALE_PATHS = [BASE_DIR / "forum_site" / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"  # storage; every page prints the zone of its event
DEFAULT_EVENT_ZONE = env.zone("DEFAULT_EVENT_ZONE", default="Asia/Shanghai")

# --- Static files and uploads -----------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = env.folder("STATIC_ROOT", default=VAR_DIR / "static")
STATICFILES_DIRS = [BASE_DIR / "forum_site" / "static"]
MEDIA_URL = "/media/"
MEDIA_ROOT = env.folder("MEDIA_ROOT", default=VAR_DIR / "media")
PRIVATE_ROOT = env.folder("PRIVATE_ROOT", default=VAR_DIR / "private")  # files of people: no address leads there
STORAGES = {
    "private": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": PRIVATE_ROOT, "file_permissions_mode": 0o600, "base_url": None},
    },
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "forum_site.pages.stylesheets.BundledStorage"
    },
}
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
FILE_UPLOAD_MAX_MEMORY_SIZE = 6 * 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 6 * 1024 * 1024
FILE_UPLOAD_PERMISSIONS = 0o644

# --- People who sign in -----------------------------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_REDIRECT_URL = "/admin/"
LOGIN_URL = "account_login"
ACCOUNT_ADAPTER = "forum_site.accounts.adapter.ClosedSignupAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_NOTIFICATIONS = False
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if IS_HTTPS else "http"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_SESSION_REMEMBER = False
ALLAUTH_TRUSTED_PROXY_COUNT = TRUSTED_PROXY_COUNT
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = env.host_of(SITE_URL)
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not IS_HTTPS  # a passkey on http is only possible on localhost

# --- Mail and jobs ----------------------------------------------------------------------------------------------
EMAIL_IS_CONFIGURED, _email = env.email("EMAIL_URL")
MAIL_TRANSPORT = _email.pop("EMAIL_BACKEND")  # what the worker sends with
EMAIL_BACKEND = "forum_site.mail.backend.OutboxBackend"  # what everything else writes to
globals().update(_email)
EMAIL_TIMEOUT = 20
MAIL_RECLAIM_SECONDS = env.number("MAIL_RECLAIM_SECONDS", default=300, least=1, most=3600)
DEFAULT_FROM_EMAIL = env.text("DEFAULT_FROM_EMAIL", default=f"forum@{env.host_of(SITE_URL)}")
SERVER_EMAIL = DEFAULT_FROM_EMAIL
MAIL_EVENTS_SECRET = env.login("MAIL_EVENTS_SECRET")  # with it mail services report what comes back
if MAIL_EVENTS_SECRET:
    INSTALLED_APPS.append("anymail")
    ANYMAIL = env.pairs("MAIL_EVENTS_KEYS") | {"WEBHOOK_SECRET": MAIL_EVENTS_SECRET}
Q_CLUSTER = {
    "name": "forum",
    "orm": "default",
    "workers": env.number("WORKERS", default=1, least=1, most=64),
    "timeout": 120,
    "retry": 180,
    "max_attempts": 5,
    "ack_failures": True,
    "poll": 0.5,
    "queue_limit": 20,
    "save_limit": 500,
    "catch_up": False,
    "label": "Jobs",
    "log_level": "WARNING",
}

# --- Limits on public forms (stated to whoever meets them) ------------------------------------------------------
REGISTRATIONS_PER_ADDRESS = env.number("REGISTRATIONS_PER_ADDRESS", default=600, least=1, most=1_000_000)
REGISTRATIONS_PER_EMAIL = env.number("REGISTRATIONS_PER_EMAIL", default=5, least=1, most=1000)
LIMIT_SECONDS = 600
REFUSED_MAIL_DOMAINS = env.domains("REFUSED_MAIL_DOMAINS_FILE")
FORM_MINIMUM_SECONDS = env.number("FORM_MINIMUM_SECONDS", default=2, least=0, most=60)

# --- Safety -----------------------------------------------------------------------------------------------------
# Same shape as Django 6's setting of this name; sent by forum_site.middleware.security_headers.
SECURE_CSP = {
    "default-src": ["'none'"],
    "script-src": ["'self'"],
    "style-src": ["'self'"],
    "img-src": ["'self'", "data:"],
    "font-src": ["'self'"],
    "connect-src": ["'self'"],
    "manifest-src": ["'self'"],
    "form-action": ["'self'"],
    "frame-ancestors": ["'none'"],
    "base-uri": ["'none'"],
}
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_SSL_REDIRECT = IS_HTTPS
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_HSTS_SECONDS = 63_072_000 if IS_HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = IS_HTTPS
SECURE_HSTS_PRELOAD = IS_HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if TRUSTED_PROXY_COUNT else None
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = IS_HTTPS
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = LANGUAGE_COOKIE_SAMESITE = "Lax"
X_FRAME_OPTIONS = "DENY"

# --- Countries and regions: labels belong to the organizer ------------------------------------------------------
COUNTRIES_FIRST: list[str] = []
COUNTRIES_OVERRIDE: dict[str, str] = {}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "%(levelname)s %(name)s %(message)s"}},
    "filters": {"hide_secrets": {"()": "forum_site.logs.HideSecrets"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain", "filters": ["hide_secrets"]}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "django": {"handlers": [], "level": "WARNING"},  # Django's own handlers know of no secrets
        "django.server": {"handlers": ["console"], "level": "INFO", "propagate": False},
    },
}
