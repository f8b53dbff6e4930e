"""Run Martahi's commands: `python3 -m uv run manage.py COMMAND`."""

import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent
sys.path.insert(0, str(ROOT / "platform"))


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    if _needs_no_settings(sys.argv[1:]) and not _is_configured():
        os.environ["MARTAHI_DEBUG"] = "true"
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


def _needs_no_settings(arguments: list[str]) -> bool:
    """The demo brings its own; `tally FILE` and `verify FILE` need no secret and no database."""
    match arguments:
        case ["demo" | "tally", *_]:
            return True
        case ["verify", file, *_]:
            return not file.startswith("-")
    return False


def _is_configured() -> bool:
    """Whether somebody set this machine up: then the demo takes its settings, and may refuse."""
    settings = {"MARTAHI_DEBUG", "MARTAHI_SECRET_KEY", "MARTAHI_SECRET_KEY_FILE"}
    return bool(settings & os.environ.keys()) or (ROOT / ".env").exists()


if __name__ == "__main__":
    main()
