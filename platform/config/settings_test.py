"""The settings under which the tests run: as in production, but quick and without TLS."""

import os
import tempfile
from pathlib import Path

os.environ.setdefault("MARTAHI_SECRET_KEY", "tests-" + "0123456789abcdef" * 4)
os.environ["MARTAHI_HOSTS"] = "testserver,localhost,127.0.0.1"
os.environ["MARTAHI_DEBUG"] = "false"

from config.settings import *  # noqa: E402, F403

KEYS_DIR = Path(tempfile.gettempdir()) / f"martahi-test-keys-{os.getpid()}"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
ACCOUNT_RATE_LIMITS = {}
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_AUTOREFRESH = True
WHITENOISE_USE_FINDERS = True
SECURE_SSL_REDIRECT = SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = False
MAILERS = {"default": {"BACKEND": "django.core.mail.backends.locmem.EmailBackend"}}
