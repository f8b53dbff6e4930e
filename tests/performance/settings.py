"""The settings of the measuring server: those of production, over plain HTTP, with a floor."""

from config.settings import *  # noqa: F403

ROOT_URLCONF = "tests.performance.urls"
SECURE_SSL_REDIRECT = SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = False
