"""The settings of another process in a test: those of the tests, with its keys."""

import os
from pathlib import Path

from config.settings_test import *  # noqa: F403

KEYS_DIR = Path(os.environ["MARTAHI_KEYS_DIR"])
