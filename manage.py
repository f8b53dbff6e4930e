"""Run Martahi's commands: `python3 -m uv run manage.py COMMAND`."""

import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent
sys.path.insert(0, str(ROOT / "platform"))


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    if sys.argv[1:2] == ["demo"] and not _is_configured():
        os.environ["MARTAHI_DEBUG"] = "true"
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


def _is_configured() -> bool:
    """Whether somebody set this machine up: then the demo takes its settings, and may refuse."""
    settings = {"MARTAHI_DEBUG", "MARTAHI_SECRET_KEY", "MARTAHI_SECRET_KEY_FILE"}
    return bool(settings & os.environ.keys()) or (ROOT / ".env").exists()


if __name__ == "__main__":
    main()
