"""One settings file; everything that differs between machines comes from the environment.

`.env.example` explains each variable. Without `EVALUATION` the portal is strict: it demands a
secret key, a database and a broker, and speaks HTTPS only.
"""

from pathlib import Path

from django.utils.csp import CSP
from django.utils.translation import gettext_lazy as _

from buyin import choices
from buyin.environment import Environment, key_kept_in

BASE_DIR = Path(__file__).resolve().parent.parent
env = Environment()
env.read_env(BASE_DIR / ".env")

EVALUATION = env.bool("EVALUATION", default=False)
DATA_DIR = Path(env.str("DATA_DIR", default=str(BASE_DIR / ".local")))
DEBUG = env.bool("DEBUG", default=False)
HTTPS = env.bool("HTTPS", default=not EVALUATION)

SECRET_KEY = env.str("SECRET_KEY", default="") or (
    key_kept_in(DATA_DIR) if EVALUATION else env.str("SECRET_KEY")
)
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])
_THIS_MACHINE = ["127.0.0.1", "localhost", "testserver"] if EVALUATION else []
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=_THIS_MACHINE)
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
SITE_URL = env.str("SITE_URL", default="http://127.0.0.1:8000" if EVALUATION else "").rstrip("/")

# The agency
AGENCY_NAME = env.str("AGENCY_NAME", default="City of Fairhaven" if EVALUATION else "Our agency")
AGENCY_TAGLINE = env.str("AGENCY_TAGLINE", default="") or _("AI with our people")
AGENCY_BRAND_COLOUR = env.str("AGENCY_BRAND_COLOUR", default="#1f5f74")
AGENCY_CONTACT = env.str("AGENCY_CONTACT", default="ai@demo.example" if EVALUATION else "")
# What the public register of AI systems says where nothing is in it, and whether records are also
# asked for what only the UK's transparency standard wants.
USES_NO_AI = env.bool("USES_NO_AI", default=False)
FOLLOWS_ATRS = env.bool("FOLLOWS_ATRS", default=False)

# The smallest group whose answers may be shown, and the score from which a department is ready.
SMALLEST_GROUP = max(5, min(30, env.int("SMALLEST_GROUP", default=10)))
READY_FROM = env.int("READY_FROM", default=60)

INSTALLED_APPS = [
    "django.contrib.admin", "django.contrib.auth", "django.contrib.contenttypes",
    "django.contrib.sessions", "django.contrib.messages", "django.contrib.staticfiles",
    "django.contrib.humanize", "django.forms", "django_htmx", "rest_framework", "drf_spectacular",
    "auditlog", "allauth", "allauth.account", "allauth.mfa", "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect", "buyin", "buyin.accounts", "buyin.outbox",
    "buyin.initiatives", "buyin.stakeholders", "buyin.readiness", "buyin.digests", "surveys", "training", "feedback",
]  # fmt: skip
FEATURES = ["surveys.feature.Surveys", "buyin.own.Initiatives", "buyin.own.Stakeholders"]
# Who knows something for the record of an AI system, before an initiative moves on, at its head.
RECORD_SOURCES = ["buyin.initiatives.queries.record_facts.known", "surveys.queries.record.consulted"]  # fmt: skip
GATE_SOURCES = ["buyin.initiatives.queries.facts.answers", "surveys.queries.gates.people_asked"]
NOTE_SOURCES = ["buyin.stakeholders.queries.representation.notes"]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "buyin.middleware.ReadableMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "buyin.middleware.HeadMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "buyin.accounts.identity.PersonMiddleware",
    "buyin.accounts.middleware.SessionLimitMiddleware",
    "buyin.middleware.SignInMiddleware",
    "buyin.middleware.TimeZoneMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "buyin.accounts.middleware.SecondFactorMiddleware",
    "buyin.accounts.middleware.AuditMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]
ROOT_URLCONF = "buyin.urls"
WSGI_APPLICATION = "buyin.wsgi.application"
FORM_RENDERER = "buyin.renderer.Renderer"
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
                "django.template.context_processors.i18n",
                "buyin.http.agency",
                "buyin.navigation.navigation",
            ]
        },
    }
]

# Storage: PostgreSQL and Redis where people work; one SQLite file for trying the portal out.
DATABASES = {
    "default": env.database(
        "DATABASE_URL",
        default=f"sqlite:///{DATA_DIR / 'portal.sqlite3'}" if EVALUATION else env.NOTSET,
    )
}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # Writers queue, also for a file of 50,000 rows, instead of failing; readers go on beside them.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 60,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
    }
elif DATABASES["default"]["ENGINE"].endswith("postgresql"):
    DATABASES["default"]["ENGINE"] = "buyin.postgres"
    DATABASES["default"]["CONN_MAX_AGE"] = env.int("CONN_MAX_AGE", default=600)
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
    DATABASES["default"].setdefault("OPTIONS", {}).setdefault("connect_timeout", 5)

REDIS_URL = env.str("REDIS_URL", default="" if EVALUATION else env.NOTSET)
_REDIS = {"BACKEND": "buyin.cache.RedisCache", "LOCATION": REDIS_URL}
_REDIS["OPTIONS"] = {"socket_connect_timeout": 3, "socket_timeout": 5}
_MEMORY = {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
CACHES = {"default": _REDIS if REDIS_URL else _MEMORY}
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
SESSION_ENGINE = "buyin.accounts.identity"

# Work that runs by the clock or behind a page (the broker holds ticks only, never the truth)
CELERY_BROKER_URL = REDIS_URL or "memory://localhost/"

# Mail: rows in the outbox, sent by MAIL_SENDERS at a time; without a server they stay readable here
MAIL_HOST = env.str("MAIL_HOST", default="")
MAIL_SECURITY = env.one_of("MAIL_SECURITY", "starttls", "tls", "none")
_MAIL_SERVER = {
    "host": MAIL_HOST, "port": env.int("MAIL_PORT", default=587), "timeout": 20,
    "username": env.str("MAIL_USER", default=""), "password": env.str("MAIL_PASSWORD", default=""),
    "use_tls": MAIL_SECURITY == "starttls", "use_ssl": MAIL_SECURITY == "tls",
}  # fmt: skip
_SEND = {"BACKEND": "buyin.outbox.backends.MailServer", "OPTIONS": _MAIL_SERVER}
MAILERS = {"default": _SEND if MAIL_HOST else {"BACKEND": "buyin.outbox.backends.KeepInPortal"}}
DEFAULT_FROM_EMAIL = env.str("MAIL_FROM", default="portal@localhost")
MAIL_SENDERS = env.count("MAIL_SENDERS", default=4)
MAIL_LEASE_SECONDS = env.count("MAIL_LEASE_SECONDS", default=300)
MAIL_RETRY_SECONDS = env.count("MAIL_RETRY_SECONDS", default=60)
MAIL_KEEP_DAYS = env.count("MAIL_KEEP_DAYS", default=90)
# Asked before mails go out whether their readers still want them, by kind of mail.
_DIGESTS, _SURVEYS = "buyin.digests.queries", "surveys.queries.mailing"
_FOLLOW_UPS = "buyin.stakeholders.queries.reminders"
MAIL_POLICIES = {
    "digest": f"{_DIGESTS}.reasons_to_skip", "survey": f"{_SURVEYS}.reasons_to_skip",
    "follow-up": f"{_FOLLOW_UPS}.reasons_to_skip",
}  # fmt: skip
# Asked whether the mail server already took a message, where a sender died: dotted path or nothing.
MAIL_RECEIPT = env.str("MAIL_RECEIPT", default="")

# Doors
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["buyin.accounts.identity.PersonBackend", "buyin.accounts.backends.RoleBackend"]  # fmt: skip
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
PASSWORD_MIN_LENGTH = env.count("PASSWORD_MIN_LENGTH", default=15)
_RULES = "django.contrib.auth.password_validation"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"{_RULES}.MinimumLengthValidator", "OPTIONS": {"min_length": PASSWORD_MIN_LENGTH}},
    {"NAME": f"{_RULES}.CommonPasswordValidator"},
    {"NAME": f"{_RULES}.UserAttributeSimilarityValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = LOGOUT_REDIRECT_URL = "home"
ACCOUNT_ADAPTER = "buyin.outbox.adapters.MailingAdapter"
_DOORS, _FACTORS = "buyin.accounts.forms.doors", "buyin.accounts.forms.factors"
ACCOUNT_FORMS = {
    "login": f"{_DOORS}.SignInForm", "reset_password": f"{_DOORS}.LinkForm",
    "reauthenticate": f"{_FACTORS}.PasswordAgainForm", "set_password": f"{_DOORS}.FirstPasswordForm",
    "change_password": f"{_DOORS}.OtherPasswordForm",
    "reset_password_from_key": f"{_DOORS}.ForgottenPasswordForm",
}  # fmt: skip
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if HTTPS else "http"
PASSWORD_RESET_TIMEOUT = 24 * 3600
# Thousands of people may share one address behind the agency's router, so only failures are tight.
ACCOUNT_RATE_LIMITS = {
    "login": "600/m/ip", "reset_password": "120/m/ip,5/m/key", "link_unknown": "30/m/ip,200/h/ip",
    "login_failed": f"{env.int('SIGN_IN_FAILURES_PER_ADDRESS', default=20)}/m/ip,5/5m/key",
    "keep_typed": "30/m/ip,200/h/ip", "public_begin": "60/m/ip,600/h/ip", "link_begin": "20/h/key",
    "public_save": "600/m/ip", "public_answer": "30/m/ip,300/h/ip", "link_open": "1200/m/ip",
    "public_tell": "10/m/ip,40/h/ip", "reset_password_from_key": "600/m/ip", "public_read": "600/m/ip",
}  # fmt: skip
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXIES", default=0)
MFA_RATE_LIMITS = {"webauthn_login": "600/m/ip"}
MFA_ADAPTER = "buyin.accounts.adapters.SecondFactorAdapter"
MFA_FORMS = {
    "authenticate": f"{_FACTORS}.CodeForm", "reauthenticate": f"{_FACTORS}.CodeAgainForm",
    "activate_totp": f"{_FACTORS}.SetUpAppForm", "add_webauthn": f"{_FACTORS}.NewKeyForm",
    "edit_webauthn": f"{_FACTORS}.KeyNameForm",
}  # fmt: skip
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_ALLOW_UNVERIFIED_EMAIL = True  # addresses come from the roster
MFA_TOTP_ISSUER = AGENCY_NAME
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = EVALUATION
# Roles that must have a second factor before they may do anything else.
SECOND_FACTOR_ROLES = env.list("SECOND_FACTOR_ROLES", default=[] if EVALUATION else ["administrator"])  # fmt: skip
OIDC_IS_SECOND_FACTOR = env.bool("OIDC_IS_SECOND_FACTOR", default=False)
IDLE_MINUTES = env.count("IDLE_MINUTES", default=30)
SESSION_HOURS = env.count("SESSION_HOURS", default=12)
# The agency's own sign-in; its button appears once the address of the server is set.
OIDC_SERVER_URL = env.str("OIDC_SERVER_URL", default="")
_AGENCY_SIGN_IN = {
    "provider_id": "agency",
    "name": env.str("OIDC_NAME", default="Agency account"),
    "client_id": env.str("OIDC_CLIENT_ID", default=""),
    "secret": env.str("OIDC_SECRET", default=""),
    "settings": {
        "server_url": OIDC_SERVER_URL,
        "oauth_pkce_enabled": True,
        "verified_email": env.bool("OIDC_TRUST_ADDRESSES", default=False),
    },
}
SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": [_AGENCY_SIGN_IN] if OIDC_SERVER_URL else []}}
SOCIALACCOUNT_ADAPTER = "buyin.accounts.adapters.AgencySignInAdapter"

# The browser's guard rails
_OWN = ("script-src", "style-src", "font-src", "connect-src", "manifest-src", "form-action")
_NOBODY = ("default-src", "frame-ancestors", "base-uri", "object-src")
SECURE_CSP = {
    **{key: [CSP.NONE] for key in _NOBODY},
    **{key: [CSP.SELF] for key in _OWN},
    "img-src": [CSP.SELF, "data:", "blob:"],
}
SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
BEHIND_PROXY = env.bool("BEHIND_PROXY", default=False)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_PROXY else None
SECURE_REDIRECT_EXEMPT = [r"^health/"]
COOKIE_PREFIX = "__Host-" if HTTPS else ""
SESSION_COOKIE_NAME = f"{COOKIE_PREFIX}session"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_AGE = SESSION_HOURS * 3600
CSRF_COOKIE_NAME = f"{COOKIE_PREFIX}csrf"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "buyin.views.csrf_failure"
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000

# Programs
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["rest_framework.authentication.SessionAuthentication"],
    "DEFAULT_PERMISSION_CLASSES": ["buyin.accounts.permissions.Denied"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_SCHEMA_CLASS": "buyin.programs.Described",
    "DEFAULT_PAGINATION_CLASS": "buyin.paging.Pages",
    "EXCEPTION_HANDLER": "buyin.programs.refused",
    "URL_FORMAT_OVERRIDE": None,
}
SPECTACULAR_SETTINGS = {"TITLE": "Buy-in portal", "VERSION": "1", "SERVE_INCLUDE_SCHEMA": False}
SPECTACULAR_SETTINGS["ENUM_NAME_OVERRIDES"] = choices.NAMES
SPECTACULAR_SETTINGS["DEFAULT_GENERATOR_CLASS"] = "buyin.schema.Schema"

# Language and time
LANGUAGE_CODE = env.str("LANGUAGE_CODE", default="en")
LANGUAGES = [("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "locale"]  # for translations of the portal; English needs none
FORMAT_MODULE_PATH = "buyin.formats"
TIME_ZONE = env.zone("TIME_ZONE")

# Files
STATIC_URL = "static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT = None if EVALUATION else env.path("STATIC_ROOT", default=str(BASE_DIR / "staticfiles"))
_AS_THEY_ARE = "django.contrib.staticfiles.storage.StaticFilesStorage"
_PACKED = "whitenoise.storage.CompressedManifestStaticFilesStorage"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": _AS_THEY_ARE if EVALUATION else _PACKED},
}
WHITENOISE_USE_FINDERS = EVALUATION
AUDITLOG_DISABLE_REMOTE_ADDR = True
AUDITLOG_CID_HEADER = None  # no browser writes into the history
# Never less than a month, so that a slip of the pen does not hide what happened yesterday.
EVENT_KEEP_DAYS = max(30, env.int("EVENT_KEEP_DAYS", default=365))
HISTORY_KEEP_DAYS = max(30, env.int("HISTORY_KEEP_DAYS", default=1826))
STAKEHOLDER_KEEP_DAYS = max(0, env.int("STAKEHOLDER_KEEP_DAYS", default=1826))  # 0: for ever

# Logs go to standard output, one line an event, for whatever collects them.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {"django": {"handlers": ["console"], "level": "WARNING", "propagate": False}},
}
