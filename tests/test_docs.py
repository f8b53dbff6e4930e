"""What the README must name: every setting, every command, every stage, every language word."""

import re
from pathlib import Path

import pytest

from proposals.stages import Stage

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text()
SETTINGS = (ROOT / "platform/config/settings.py").read_text()
GUIDE = ROOT / "docs/running-a-vote.md"
IMPACT = ROOT / "docs/impact.md"
PICTURES = sorted((ROOT / "docs/images/vote").glob("*"))
COMMANDS = sorted(
    path.stem
    for path in ROOT.glob("**/management/commands/*.py")
    if path.stem != "__init__" and ".venv" not in path.parts
)


@pytest.mark.parametrize(
    "name", sorted(set(re.findall(r'"(MARTAHI_[A-Z_]+|DATABASE_URL)"', SETTINGS)))
)
def test_the_readme_names_each_setting(name: str) -> None:
    assert f"`{name}`" in README


@pytest.mark.parametrize("command", COMMANDS)
def test_the_readme_names_each_command(command: str) -> None:
    assert re.search(rf"\b{command}\b", README)


@pytest.mark.parametrize("stage", Stage.values)
def test_the_readme_names_each_stage(stage: str) -> None:
    assert stage in README


@pytest.mark.parametrize("picture", re.findall(r"!\[[^\]]+\]\(([^)]+)\)", README))
def test_each_picture_of_the_readme_is_there(picture: str) -> None:
    assert (ROOT / picture).is_file()


def test_the_guide_to_a_vote_shows_every_picture_of_it_and_none_is_heavy() -> None:
    shown = re.findall(r"!\[[^\]]+\]\((images/vote/[^)]+)\)", GUIDE.read_text())
    kept = {str(path.relative_to(GUIDE.parent)): path.stat().st_size for path in PICTURES}
    assert set(shown) == kept.keys()
    assert len(shown) == len(set(shown))
    assert max(kept.values()) < 60_000
    assert sum(kept.values()) < 1_000_000


def test_the_page_on_impact_shows_every_picture_of_it_and_none_is_heavy() -> None:
    shown = re.findall(r"!\[[^\]]+\]\((images/impact/[^)]+)\)", IMPACT.read_text())
    kept = sorted((ROOT / "docs/images/impact").glob("*"))
    assert sorted(shown) == [str(path.relative_to(IMPACT.parent)) for path in kept]
    assert max(path.stat().st_size for path in kept) < 60_000


def test_the_readme_gives_the_two_commands_as_ci_runs_them() -> None:
    for command in ("manage.py demo", "pytest"):
        assert f"python3 -m pip install uv && python3 -m uv run {command}" in README
    assert "python3 -m pip install uv && python3 -m uv run pytest" in (ROOT / ".ci/run").read_text()
