from pathlib import Path

import pytest
from django.db import connection

from tests.voting.field import Field


@pytest.fixture
def field(tmp_path: Path, keys_dir: Path) -> Field:
    if connection.vendor == "postgresql" and connection.settings_dict["PASSWORD"]:
        pytest.skip("the processes sign in to PostgreSQL without a password")
    return Field(tmp_path, keys_dir)
