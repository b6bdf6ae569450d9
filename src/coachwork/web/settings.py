"""The settings; what differs between installations comes from the environment."""

import os
from pathlib import Path

from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from coachwork.web import environment

HERE = Path(__file__).parent
DATA = environment.data_folder()
DEBUG = environment.flag("COACHWORK_DEBUG")
DEMO = environment.flag("COACHWORK_DEMO")  # shows the sign-ins of the demo and the outbox page
SECRET_KEY = environment.secret_key(DATA)
JOURNAL_KEY = environment.journal_key(DATA)  # see docs/journal.md before you move house
ALLOWED_HOSTS = os.environ.get("COACHWORK_HOSTS", "127.0.0.1,localhost,[::1]").split(",")
ORIGIN = os.environ.get("COACHWORK_ORIGIN", "http://127.0.0.1:8000")
SECURE = ORIGIN.startswith("https://")
CSRF_TRUSTED_ORIGINS = [ORIGIN]

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.forms",  # the templates of the widgets
    "coachwork.people",  # above allauth, whose pages it draws anew
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "csp",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    "template_partials",
    # the other rooms, lowest first
    "coachwork.notifications",
    "coachwork.frameworks",
    "coachwork.evidence",
    "coachwork.assessment",
    "coachwork.practice",
    "coachwork.tracks",
    "coachwork.projects",
    "coachwork.learning",
    "coachwork.mentoring",
    "coachwork.plans",
    "coachwork.feedback",
    "coachwork.accountability",
    "coachwork.reflection",
    "coachwork.moments",
    "coachwork.coaching",
    "coachwork.exchange",
    "coachwork.reports",
    "coachwork.web",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    # Deny by default: a page for visitors says so with @login_not_required.
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "coachwork.web.api.keys.ApiKeys",
    "coachwork.web.middleware.PersonalLocale",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "coachwork.web.middleware.FirstRun",
    "coachwork.web.middleware.RowLock",
    "coachwork.web.drafts.Drafts",
    "coachwork.web.errors.Errors",
]

ROOT_URLCONF = "coachwork.web.urls"
WSGI_APPLICATION = "coachwork.web.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [HERE / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "coachwork.web.context.page",
            ],
            "builtins": ["template_partials.templatetags.partials"],
        },
    }
]
FORM_RENDERER = "coachwork.web.rendering.FormRenderer"

DATABASES = {"default": environment.database(DATA)}
if DATABASES["default"]["ENGINE"].endswith("postgresql"):
    INSTALLED_APPS.insert(0, "django.contrib.postgres")  # it needs psycopg, which SQLite does not
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {
    # Limits must count the same in every process, so they live in the database.
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "cache",
    },
    "local": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
}

# People
AUTH_USER_MODEL = "people.User"
AUTHENTICATION_BACKENDS = ["coachwork.web.signin.Backend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "home"
# Whoever can reach the address may make an account; turned off, an invitation is needed.
OPEN_SIGN_UP = environment.flag("COACHWORK_SIGN_UP", default=True)
ACCOUNT_ADAPTER = "coachwork.web.signin.Accounts"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_SIGNUP_FORM_CLASS = "coachwork.web.signin.NameForm"
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_TIMEOUT = 30 * 60
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = True
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_CHANGE = True
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 15 * 60  # mail takes its time
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
ACCOUNT_MAX_EMAIL_ADDRESSES = 5
PASSWORD_RESET_TIMEOUT = 24 * 60 * 60
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
ACCOUNT_SESSION_REMEMBER = True
MFA_ADAPTER = "coachwork.web.signin.SecondSteps"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_PASSKEY_SIGNUP_ENABLED = False
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not SECURE
MFA_TOTP_ISSUER = "Coachwork"
USERSESSIONS_ADAPTER = "coachwork.web.signin.Sessions"
USERSESSIONS_TRACK_ACTIVITY = False  # a page that is only read must not write

# Languages: English, and each whose pages are translated, which is to say compiled under locale/.
# The pseudo-locale (accented, longer, right to left) finds faults.
LANGUAGE_CODE = "en"
LOCALE_PATHS = [HERE.parent / "locale"]
LANGUAGES = environment.languages(LOCALE_PATHS[0], LANGUAGE_CODE)
if DEBUG or environment.flag("COACHWORK_PSEUDO"):
    LANGUAGES.append(("ar-xb", "Pseudo"))
LANGUAGES_BIDI = ["he", "ar", "ar-dz", "ar-xb", "ckb", "fa", "ur"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

# Static files, with hashed names
STATIC_URL = "/static/"
STATIC_ROOT = DATA / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": (
            "django.contrib.staticfiles.storage.StaticFilesStorage"
            if DEBUG or environment.flag("COACHWORK_PLAIN_STATIC")
            else "whitenoise.storage.CompressedManifestStaticFilesStorage"
        )
    },
}
WHITENOISE_USE_FINDERS = DEBUG or environment.flag("COACHWORK_PLAIN_STATIC")
MEDIA_ROOT = DATA / "files"

# Safety
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "form-action": [SELF],
    }
}
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_SSL_REDIRECT = SECURE and environment.flag("COACHWORK_SSL_REDIRECT", default=True)
SECURE_HSTS_SECONDS = 31_536_000 if SECURE else 0
SECURE_PROXY_SSL_HEADER = (
    ("HTTP_X_FORWARDED_PROTO", "https") if environment.flag("COACHWORK_BEHIND_PROXY") else None
)
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE
SESSION_COOKIE_AGE = 60 * 60 * 24 * 14
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "coachwork.web.errors.csrf_failure"
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000

# The page of help: whom to call in a crisis, as "name|number or address;...", and who runs this.
CRISIS_LINES = (
    environment.helplines(os.environ["COACHWORK_CRISIS_LINES"])
    if "COACHWORK_CRISIS_LINES" in os.environ
    else [
        {"name": _("Emergency call in Europe"), "phone": "112", "dial": "112"},
        {"name": _("Helplines in your country"), "url": "https://findahelpline.com"},
    ]
)
CONTACT = os.environ.get("COACHWORK_CONTACT", "")

# Folders of fonts for PDF files in scripts that ours lack, such as Japanese or Arabic.
PDF_FONTS = [one for one in os.environ.get("COACHWORK_PDF_FONTS", "").split(os.pathsep) if one]

API_PER_MINUTE = int(os.environ.get("COACHWORK_API_PER_MINUTE", "6000"))  # a caller and process

# Mail leaves through the queue of messages; this is the last step.
EMAIL_BACKEND = os.environ.get(
    "COACHWORK_EMAIL_BACKEND",
    "django.core.mail.backends.smtp.EmailBackend"
    if os.environ.get("EMAIL_HOST")
    else "django.core.mail.backends.console.EmailBackend",
)
EMAIL_HOST = os.environ.get("EMAIL_HOST", "localhost")
EMAIL_PORT = int(os.environ.get("EMAIL_PORT", "25"))
EMAIL_HOST_USER = os.environ.get("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("EMAIL_HOST_PASSWORD", "")
EMAIL_USE_TLS = environment.flag("EMAIL_USE_TLS")
EMAIL_TIMEOUT = 15
DEFAULT_FROM_EMAIL = os.environ.get("COACHWORK_FROM", "Coachwork <coachwork@localhost>")

# The rooms below the messages write theirs through this.
MESSAGE_QUEUE = "coachwork.notifications.actions.queue"

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": []}}
# Jobs that come round: what it is, the job, and when, as a cron line in UTC (docs/jobs.md).
SCHEDULES = {
    "first digests": ("coachwork.notifications.jobs.plan_first_digests", "*/10 * * * *"),
    "digests": ("coachwork.moments.jobs.send_digests", "*/5 * * * *"),
    "mail left behind": ("coachwork.notifications.jobs.send_left_behind", "*/10 * * * *"),
    "rounds": ("coachwork.assessment.jobs.close_rounds", "7 * * * *"),
    "pulses": ("coachwork.assessment.jobs.offer_pulses", "17 7 * * *"),
    "calibration": ("coachwork.assessment.jobs.calibrate", "37 2 * * 0"),
    "raters": ("coachwork.assessment.jobs.forget_raters", "27 3 * * *"),
    "slipped plans": ("coachwork.plans.jobs.look_again", "37 2 * * *"),
    "check-ins": ("coachwork.accountability.jobs.ask_and_welcome", "27 6 * * *"),
    "journal": ("coachwork.reflection.jobs.remind_of_returns", "7 5 * * *"),
    "tidy": ("coachwork.notifications.jobs.tidy", "17 3 * * *"),
    "answers": ("coachwork.web.jobs.forget_answers", "47 * * * *"),
}

# Addresses and personal text stay out of the log: requests are logged by path template only.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "filters": {"secrets": {"()": "coachwork.web.logs.WithoutSecrets"}},
    "handlers": {
        "console": {"class": "logging.StreamHandler", "formatter": "plain", "filters": ["secrets"]}
    },
    "root": {"handlers": ["console"], "level": os.environ.get("COACHWORK_LOG", "WARNING")},
}
