"""The settings of the attacked server: those of the tests, with the keys of its database."""

import os
from pathlib import Path

from config.settings_test import *  # noqa: F403

KEYS_DIR = Path(os.environ["MARTAHI_KEYS_DIR"])
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"all": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["all"], "level": "DEBUG"},
}
