"""The one settings file, read from the environment (see `.env.example`).

The defaults are safe: without any variable this is a production set-up that refuses to start
until SECRET_KEY is given.
"""

from pathlib import Path
from urllib.parse import urlsplit

from csp.constants import NONE, SELF

from config import env

BASE_DIR = Path(__file__).resolve().parent.parent
env.load_file(BASE_DIR / ".env")

DEBUG = env.flag("DEBUG", False)
# Production settings on loopback with invented sign-ins; for `make run` only.
DEMO = env.flag("DEMO", False)
ON_LOOPBACK = DEBUG or DEMO

VAR_DIR = env.folder("VAR_DIR", BASE_DIR / "var")

SECRET_KEY = env.text("SECRET_KEY", "only-for-development" * 3 if DEBUG else None)
ALLOWED_HOSTS = env.host_names("ALLOWED_HOSTS", "localhost,127.0.0.1,[::1]" if ON_LOOPBACK else "")
SITE_URL = env.web_address("SITE_URL", "http://localhost:8000")
CSRF_TRUSTED_ORIGINS = [] if ON_LOOPBACK else [SITE_URL]

# What the site calls itself; the words about a city's own work are content, edited in the admin.
SITE_NAME = env.text("SITE_NAME", "Innovation Helsingborg")
CITY_NAME = env.text("CITY_NAME", "Helsingborg")
SECURITY_CONTACT = env.contact("SECURITY_CONTACT", f"mailto:security@{urlsplit(SITE_URL).hostname}")

INSTALLED_APPS = [
    "config.admin_site.CatalogueAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django_filters",
    "csp",
    "innovation",
    "expo",
]

# Apps whose rows stand on public pages: a change of them makes the kept pages anew.
CONTENT_APPS = ["innovation", "expo"]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "config.middleware.headers",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "config.middleware.DatabaseAway",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "config.middleware.Languages",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
AUTH_USER_MODEL = "innovation.User"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
APPEND_SLASH = True

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "innovation.context.site",
            ],
        },
    },
]

# ── Database ──────────────────────────────────────────────────────────────────
# Both are read whichever engine there is: a wrong value is told of before the engine changes.
SQLITE_TIMEOUT_SECONDS = env.number("SQLITE_TIMEOUT_SECONDS", 5, least=1)
DATABASE_POOL = env.number("DATABASE_POOL", 8, least=1)
DATABASE = env.database("DATABASE_URL", f"sqlite:///{VAR_DIR / 'catalogue.sqlite3'}")
if DATABASE["ENGINE"].endswith("sqlite3"):
    # Opening the file, with Django's functions for it, costs more than a page's queries.
    DATABASE["CONN_MAX_AGE"] = 60
    DATABASE["OPTIONS"] = {
        **DATABASE.get("OPTIONS", {}),
        "timeout": SQLITE_TIMEOUT_SECONDS,
        # Take the write lock at the start of a transaction: two editors then wait for each other
        # instead of one of them failing half-way.
        "transaction_mode": "IMMEDIATE",
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
    }
else:
    DATABASE["CONN_HEALTH_CHECKS"] = True
    DATABASE["OPTIONS"] = {
        **DATABASE.get("OPTIONS", {}),
        # A short wait: when the server is gone, a visitor gets the 503 page, not half a minute.
        "pool": {
            "min_size": 1,
            "max_size": DATABASE_POOL,
            "timeout": 3,
            # The pool's pauses between attempts double. Past this many seconds it gives up, and the
            # next visitor begins anew: an outage of minutes then ends with the server's return.
            "reconnect_timeout": 5,
        },
        "connect_timeout": 3,
    }
DATABASES = {"default": DATABASE}

REDIS_URL = env.redis("REDIS_URL")
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": REDIS_URL,
    }
    if REDIS_URL
    else {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
}

# Public pages in each process's memory. None in development: an edited template shows at once.
PAGE_CACHE_BYTES = 0 if DEBUG else env.number("PAGE_CACHE_MB", 64, least=0) * 1024 * 1024

# ── Language and time ─────────────────────────────────────────────────────────
LANGUAGE_CODE = "sv"
LANGUAGES = [("sv", "Svenska"), ("en", "English")]
LOCALE_PATHS = [BASE_DIR / "locale"]
FORMAT_MODULE_PATH = ["config.formats"]
TIME_ZONE = "Europe/Stockholm"
USE_TZ = True
USE_THOUSAND_SEPARATOR = True

# ── Static files and uploads ──────────────────────────────────────────────────
STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATICFILES_FINDERS = [
    "config.generated_static.GeneratedFinder",
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
]
MEDIA_URL = "/media/"
MEDIA_ROOT = VAR_DIR / "media"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
UPLOAD_MAX_BYTES = env.number("UPLOAD_MAX_MB", 20, least=1) * 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000

# ── Mail ──────────────────────────────────────────────────────────────────────
# Until a server is named, mail is kept as files; in development /dev/mail/ shows them.
vars().update(env.mail("EMAIL_URL", f"file://{VAR_DIR / 'mail'}"))
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.mail_address("MAIL_FROM", "innovation@example.org")

# ── Security ──────────────────────────────────────────────────────────────────
HTTPS = not ON_LOOPBACK
SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_HSTS_PRELOAD = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
if env.flag("BEHIND_PROXY", False):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_NAME = "__Host-session" if HTTPS else "session"
CSRF_COOKIE_NAME = "__Host-csrf" if HTTPS else "csrf"
# Secrets of programmes without an account; set only by a press (views/programme_cookie.py).
PROGRAMME_COOKIE_NAME = "__Host-programme" if HTTPS else "programme"
# Whoever carries one of these is never given a page that is kept for all.
PERSONAL_COOKIES = [SESSION_COOKIE_NAME, PROGRAMME_COOKIE_NAME, "messages"]
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 60 * 60 * 12
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "innovation.views.errors.csrf_failure"

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        # The programme that someone has saved on the device.
        "worker-src": [SELF],
        # Films load only after a press; see static/js/film.js.
        "frame-src": ["https://www.youtube-nocookie.com", "https://player.vimeo.com"],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}

PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
LOGIN_URL = "admin:login"

# ── Logs ──────────────────────────────────────────────────────────────────────
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "filters": {"without_secrets": {"()": "config.logs.WithoutSecrets"}},
    "handlers": {
        "console": {
            "class": "logging.StreamHandler",
            "formatter": "line",
            "filters": ["without_secrets"],
        }
    },
    "root": {
        "handlers": ["console"],
        "level": env.one_of("LOG_LEVEL", ("DEBUG", "INFO", "WARNING", "ERROR"), "WARNING"),
    },
}
