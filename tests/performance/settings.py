"""The settings of the measuring server: those of production, over plain HTTP, with a floor."""

from config.settings import *  # noqa: F403

DEBUG = False  # in development every query is also written down, which costs more than some queries
ROOT_URLCONF = "tests.performance.urls"
SECURE_SSL_REDIRECT = SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = False
