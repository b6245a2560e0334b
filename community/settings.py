"""Settings of the site, all from the environment. `docs/configuration.md` explains each."""

import sys
from email.utils import parseaddr
from pathlib import Path

from environs import Env

from community.embedded.secret import laptop_secret
from community.ground_rules import *  # noqa: F403
from community.logs import logging_settings
from community.parts import DEMO_BUILDERS, INSTALLED_APPS  # noqa: F401

env = Env()
ROOT = Path(__file__).resolve().parent.parent
VAR = Path(env.str("VAR_DIR", str(ROOT / "var"))).resolve()
PREPARED_ROOT = Path(env.str("PREPARED_DIR", str(Path(sys.prefix) / "share" / "porchlight")))

PRODUCTION = env.bool("PRODUCTION", False)
DEMO_MOVES_IN = env.bool("DEMO_MOVES_IN", False)  # set by `up` for the processes of a first start
DEBUG = env.bool("DEBUG", False)
SECRET_KEY = env.str("SECRET_KEY", "") or laptop_secret(VAR, PRODUCTION)
SITE_NAME = env.str("SITE_NAME", "Northlight Community")
TEAM_NAME = env.str("TEAM_NAME", "Northlight team")
SITE_URL = env.str("SITE_URL", "http://localhost:8000").rstrip("/")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", [] if PRODUCTION else ["*"])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", [SITE_URL])
CSRF_FAILURE_VIEW = "community.people.sending_again.token_refused"
TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXY_COUNT", 0)


MIDDLEWARE = [
    "community.request_ids.RequestIdMiddleware",
    "community.headers.SecurityHeadersMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "community.moving_in.MovingInMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "community.people.sessions.SessionRules",
    "community.people.reading_only.ReadingOnly",
    "forums.threads.legacy.LegacyAddressMiddleware",
    "community.plain_text.PlainTextMiddleware",
    "community.policy.counting.RefusedHitsMiddleware",
    "community.forms_opened.FormOpenedMiddleware",
    "community.refusals.RefusalMiddleware",
    "moderation.decisions.looking_as.LookingAs",
]

ROOT_URLCONF = "community.urls"
WSGI_APPLICATION = None
ASGI_APPLICATION = "community.front.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [ROOT / "templates"],
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "community.pages.site",
                "community.notifications.context.tray",
                "community.profiles.context.demo",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "community.templatetags.porchlight",
                "community.templatetags.live",
                "community.templatetags.look",
            ],
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    [f"django.template.loaders.{place}.Loader" for place in ("filesystem", "app_directories")],
                )
            ],
        },
    }
]

# Database: an outside PostgreSQL by DATABASE_URL, otherwise the embedded one.
if env.str("DATABASE_URL", ""):
    DATABASES = {"default": env.dj_db_url("DATABASE_URL")}
    DATABASES["default"].setdefault("OPTIONS", {})
    if DATABASES["default"]["ENGINE"] == "django.db.backends.postgresql":
        DATABASES["default"]["ENGINE"] = "community.database"
else:
    DATABASES = {
        "default": {
            "ENGINE": "community.embedded.postgres",
            "NAME": "porchlight",
            "DATA_DIRECTORY": str(VAR / "postgres"),
            "OPTIONS": {},
        }
    }
DATABASES["default"]["CONN_MAX_AGE"] = 600
DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
DATABASES["default"]["OPTIONS"].setdefault("connect_timeout", 4)  # a dead database is told within five seconds
DATABASE_PREPARES = env.bool("DATABASE_PREPARES", True)  # not behind a pooler of transactions
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

REDIS_URL = env.str("REDIS_URL", "")
if REDIS_URL:
    CACHES = {"default": {"BACKEND": "community.live.cache.ForgivingCache", "LOCATION": REDIS_URL}}
else:
    CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}

# The front: threads that run Django (each holds a database connection), ready pages, and what may be sent to us.
FRONT_THREADS = env.int("FRONT_THREADS", 8)
FRONT_MEMORY_MB = env.int("FRONT_MEMORY_MB", 64)
FRAGMENT_MEMORY_MB = env.int("FRAGMENT_MEMORY_MB", 32)
SEARCH_BY_MEANING = env.bool("SEARCH_BY_MEANING", True)  # where the language model is installed (make meaning)
SEARCHES_WRITTEN_AFTER = env.float("SEARCHES_WRITTEN_AFTER", 2.0)  # seconds that counted searches wait in memory
FRONT_ALONE = env.bool("FRONT_ALONE", False) and not REDIS_URL  # one process without Valkey may keep pages
LARGEST_BODY = env.int("LARGEST_BODY", 30 * 1024 * 1024)

# People and sign-in.
AUTH_USER_MODEL = "people.Person"
AUTHENTICATION_BACKENDS = ["community.people.backends.SignedInBackend"]
PASSWORD_HASHERS = [f"django.contrib.auth.hashers.{name}PasswordHasher" for name in ("Argon2", "PBKDF2")]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "/account/login/"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "community.notifications.account.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email", "username"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "username*", "password1"]  # a code by mail is enough
USERSESSIONS_ADAPTER = "community.notifications.devices.SessionsAdapter"
ACCOUNT_FORMS = {
    "signup": "community.people.forms.JoinForm",
    "login": "community.people.forms.SignInForm",
    "request_login_code": "community.people.forms.SignInCodeForm",
    "confirm_login_code": "community.people.forms.SignInWithCodeForm",
    "confirm_email_verification_code": "community.people.forms.ConfirmAddressForm",
    "add_email": "community.people.forms.AddressForm",
    "change_email": "community.people.forms.CorrectAddressForm",
    "change_password": "community.people.forms.ChangePasswordForm",
    "set_password": "community.people.forms.SetPasswordForm",
    "reset_password": "community.people.forms.ForgottenPasswordForm",
    "confirm_password_reset_code": "community.people.forms.ForgottenPasswordCodeForm",
    "reset_password_from_key": "community.people.forms.ReplacePasswordForm",
    "reauthenticate": "community.people.forms.OnceMoreForm",
}
ACCOUNT_USERNAME_MIN_LENGTH = 2
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = True
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 900
ACCOUNT_PASSWORD_RESET_BY_CODE_ENABLED = True
ACCOUNT_PASSWORD_RESET_BY_CODE_TIMEOUT = 900
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 300
ACCOUNT_SESSION_REMEMBER = True
ALLAUTH_TRUSTED_PROXY_COUNT = TRUSTED_PROXY_COUNT
MFA_FORMS = {
    "activate_totp": "community.people.forms.AppForm",
    "authenticate": "community.people.forms.SecondStepForm",
    "reauthenticate": "community.people.forms.SecondStepOnceMoreForm",
}
MFA_ADAPTER = "community.people.mfa.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = SITE_NAME
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not PRODUCTION  # passkeys on http://localhost
SOCIALACCOUNT_PROVIDERS: dict[str, dict] = {}  # OIDC and SAML are ready; a provider is added here when wanted
SOCIALACCOUNT_EMAIL_AUTHENTICATION = False  # an outside address never opens an account of ours
CONTACT_LOOKS_PER_HOUR = env.int("CONTACT_LOOKS_PER_HOUR", 10)
SESSION_COOKIE_AGE = 14 * 24 * 3600  # from the last use; staff are signed out after half an hour without one
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
if SITE_URL.startswith("https://"):  # the prefix keeps sub-domains from setting them
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "__Host-session", "__Host-csrf"
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
SESSION_ENGINE = "community.people.session_store"  # in the database: a cache that was away would revive what is over

# Words and places.
LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English")]
TIME_ZONE = env.str("TIME_ZONE", "Europe/Berlin")
USE_TZ = True
LOCALE_PATHS = [ROOT / "locale"]

# Programs that come with a key. docs/api.md explains the limits.
API_KEYS_A_PERSON = env.int("API_KEYS_A_PERSON", 20)
API_READS_A_MINUTE = env.int("API_READS_A_MINUTE", 300)
API_READS_A_MINUTE_WITHOUT_KEY = env.int("API_READS_A_MINUTE_WITHOUT_KEY", 60)
API_WRITES_A_MINUTE = env.int("API_WRITES_A_MINUTE", 60)

# Files.
STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static"
STATICFILES_DIRS = [ROOT / "static"]
WHITENOISE_KEEP_ONLY_HASHED_FILES = True  # half the files to compress; pages name the hashed ones only
MEDIA_ROOT = Path(env.str("MEDIA_DIR", str(VAR / "media")))
MEDIA_URL = "/media/"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "community.static_files.BundlingStorage"},
}

# Mail.
EMAIL_URL = env.str("EMAIL_URL", "")
if EMAIL_URL:
    vars().update(env.dj_email_url("EMAIL_URL"))
else:
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = str(VAR / "mail")
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", "Northlight Community <community@northlight.example>")
COMPANY_MAIL_DOMAINS = env.list("COMPANY_MAIL_DOMAINS", [parseaddr(DEFAULT_FROM_EMAIL)[1].partition("@")[2].lower()])
EMAIL_TIMEOUT = env.int("EMAIL_TIMEOUT", 15)

# Private help: mail in both directions, and the files in it. docs/connectors-email.md explains each.
REPLY_ADDRESS = env.str("REPLY_ADDRESS", "reply@" + parseaddr(DEFAULT_FROM_EMAIL)[1].partition("@")[2])
IMAP_URL = env.str("IMAP_URL", "")
MAIL_HOOK_SECRET = env.str("MAIL_HOOK_SECRET", "")
MAIL_PROVIDER = env.str("MAIL_PROVIDER", "")
MAIL_PROVIDER_SECRET = env.str("MAIL_PROVIDER_SECRET", "")
MAIL_AUTHSERV_ID = env.str("MAIL_AUTHSERV_ID", "")
MAIL_MAX_BYTES = env.int("MAIL_MAX_BYTES", 10 * 1024 * 1024)
MAILS_AN_HOUR = env.int("MAILS_AN_HOUR", 20)
PRIVATE_MEDIA_ROOT = Path(env.str("PRIVATE_MEDIA_DIR", str(VAR / "private")))
PRIVATE_FILE_MAX_BYTES = env.int("PRIVATE_FILE_MAX_BYTES", 10 * 1024 * 1024)
PRIVATE_ANSWER_HOURS = env.int("PRIVATE_ANSWER_HOURS", 24)
CALLBACK_MINUTES = env.int("CALLBACK_MINUTES", 15)
CALLBACKS_AT_A_TIME = env.int("CALLBACKS_AT_A_TIME", 2)
CALLBACK_LEAD_MINUTES = env.int("CALLBACK_LEAD_MINUTES", 45)
CALLBACK_DAYS = env.int("CALLBACK_DAYS", 7)
CALLBACK_RETRY_MINUTES = env.int("CALLBACK_RETRY_MINUTES", 15)
CALL_RING_SECONDS = env.int("CALL_RING_SECONDS", 60)
CALLS_RELAY_ONLY = env.bool("CALLS_RELAY_ONLY", False)
STUN_URLS: list[str] = env.list("STUN_URLS", [])
TURN_URLS: list[str] = env.list("TURN_URLS", [])
TURN_SECRET = env.str("TURN_SECRET", "")
TURN_MINUTES = env.int("TURN_MINUTES", 60)
CHATS_AT_A_TIME = env.int("CHATS_AT_A_TIME", 3)
ITEMS_AT_HAND = env.int("ITEMS_AT_HAND", 5)
LOAD_OF_CHAT = env.int("LOAD_OF_CHAT", 2)
LOAD_OF_MAIL = env.int("LOAD_OF_MAIL", 1)
LOAD_OF_THREAD = env.int("LOAD_OF_THREAD", 1)
CHAT_SILENCE_MINUTES = env.int("CHAT_SILENCE_MINUTES", 10)
CHAT_ANSWER_MINUTES = env.int("CHAT_ANSWER_MINUTES", 2)


# CRM connections: whether they may reach addresses inside this network (never by default in production), and for how
# many seconds an answer is waited for. docs/connectors.md explains both.
CRM_MAY_REACH_INSIDE = env.bool("CRM_MAY_REACH_INSIDE", not PRODUCTION)
CRM_CONNECTORS: list[str] = env.list("CRM_CONNECTORS", [])  # folders with connectors of a company's own
CRM_TIMEOUT = env.float("CRM_TIMEOUT", 20.0)

# Production, logs and what browsers are told to refuse. docs/operations.md explains each.
LOGGING = logging_settings(production=PRODUCTION, level=env.str("LOG_LEVEL", "INFO"))
CSP_FORM_TARGETS: list[str] = env.list("CSP_FORM_TARGETS", [])  # sign-in providers that a form may lead to
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
X_FRAME_OPTIONS = "DENY"
SILENCED_SYSTEM_CHECKS = [
    "security.W005",
    "security.W021",  # a community does not decide for its sub-domains
    "auth.W004",  # names are unique by their key, which is stricter than the name
]
if PRODUCTION:
    SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", True)
    SECURE_REDIRECT_EXEMPT = [r"^health/$", r"^ready/$"]
    SECURE_HSTS_SECONDS = env.int("HSTS_SECONDS", 31_536_000)
    SECURE_HSTS_INCLUDE_SUBDOMAINS = env.bool("HSTS_SUBDOMAINS", False)
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
    if TRUSTED_PROXY_COUNT:
        SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
