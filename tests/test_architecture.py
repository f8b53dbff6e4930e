"""What holds the house together (DESIGN 3, STYLE 1 to 29): judged by machines, not by memory."""

import ast
import gettext
import re
import shutil
import subprocess
import sysconfig
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import grimp
import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import connection, models
from django.template import engines
from django.template.base import Node, NodeList
from django.template.defaulttags import IfNode, PartialDefNode
from importlinter.cli import EXIT_STATUS_SUCCESS, lint_imports

from ledger.immutability import protected_tables
from tests.routes import routes

ROOT = Path(__file__).resolve().parents[1]
APPS = [
    *(
        ROOT / "platform" / name
        for name in ("config", "core", "web", "ledger", "people", "notices")
    ),
    *(ROOT / name for name in ("proposals", "voting", "indicators")),
]
SOURCES = [
    path for app in APPS for path in sorted(app.rglob("*.py")) if "migrations" not in path.parts
]
VIEWS = [path for path in SOURCES if path.stem == "views" or path.parent.name == "views"]
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))

# Who is not signed in reaches these and nothing else. Each has its reason.
PUBLIC = {
    "account_login": "one signs in here",
    "account_inactive": "tells someone who left the service why sign-in is refused",
    "account_logout": "signing out a second time leads home instead of to the sign-in",
    "mfa_authenticate": "the second factor of signing in",
    "proposals:home": "tells visitors what Martahi is, and what was published",
    "proposals:health": "how well the deliberation goes is open to all; it names nobody",
    "indicators:sets": "published sets are public information (UU 14/2008)",
    "indicators:set": "published sets are public information",
    "indicators:set-decree": "the decree of a published set is public information",
    **{
        f"indicators:{name}": "a published set in the forms of the office"
        for name in ("kamus", "kamus-pdf", "manual-iku", "ms-ind", "ms-ind-csv", "ekinerja")
    },
    "indicators:list": "adopted indicators are public information",
    "indicators:indicator": "adopted indicators are public information",
    "indicators:version": "a score of an old set is explained by the version that it used",
    "indicators:score": "anyone may try an indicator on figures of their own; none is kept",
    "indicators:keys": "signatures are verified by whoever wants to",
    "indicators:feed": "publications are public information; a feed reader has no account",
    **{
        f"api-1:{name}": "published sets and scoring are read by programs without an account"
        for name in (
            *("api-root", "openapi-json", "openapi-view", "nothing-here", "sets", "current_set"),
            *("pinned_set", "set_signature", "compared_sets", "indicator_set_schema"),
            *("score_preview", "unit_scores"),
        )
    },
    **{
        f"api-1:{name}": "a program that is not signed in gets a problem (401), not a page"
        for name in ("poll_result", "poll_ballots")
    },
    "set_language": "visitors read Indonesian or English too",
}


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT))


def our_models() -> Iterator[type[models.Model]]:
    """The models written by hand: not those of Django, allauth or the history."""
    for model in apps.get_models():
        module = Path(str(__import__(model.__module__, fromlist=["_"]).__file__))
        if any(app in module.parents for app in APPS) and not hasattr(model, "history_object"):
            yield model


# The tree


def test_platform_is_a_folder_and_no_package() -> None:
    assert [path.name for path in (ROOT / "platform").glob("*.py*")] == []
    import platform

    assert Path(platform.__file__).parent == Path(sysconfig.get_path("stdlib"))
    assert platform.python_version_tuple() >= ("3", "12")


@pytest.fixture(scope="module")
def tracked() -> list[str]:
    if not (ROOT / ".git").exists() or shutil.which("git") is None:
        pytest.skip("not a git checkout")
    listed = subprocess.run(
        ["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return listed.stdout.splitlines()


def test_the_top_level_holds_only_what_the_design_lists(tracked: list[str]) -> None:
    assert {path.split("/")[0] for path in tracked} <= {
        *(".ci", ".editorconfig", ".env.example", ".gitattributes", ".gitignore"),
        *(".python-version", "CHANGELOG.md", "CONTRIBUTING.md", "LICENSE", "README.md"),
        *("manage.py", "pyproject.toml", "requirements.txt"),
        *("docs", "platform", "templates", "tests"),
        *("indicators", "proposals", "voting"),
    }


def test_no_lock_file_is_kept(tracked: list[str]) -> None:
    assert [path for path in tracked if path.endswith("uv.lock")] == []


def test_no_module_has_a_name_that_says_nothing() -> None:
    forbidden = {"utils", "helpers", "services", "selectors", "managers", "signals", "common"}
    assert [name_of(path) for path in SOURCES if {path.stem, path.parent.name} & forbidden] == []


# The layers


def test_the_layers_are_those_of_the_design() -> None:
    linter = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]
    above = ["config", "proposals", "voting | indicators"]
    ground = ["notices", "people", "ledger", "web", "core"]
    assert linter["contracts"][0]["layers"] == above + ground


def test_imports_point_one_way(capsys: pytest.CaptureFixture[str]) -> None:
    status = lint_imports(config_filename=str(ROOT / "pyproject.toml"), no_logo=True, no_cache=True)
    assert status == EXIT_STATUS_SUCCESS, capsys.readouterr().out


def test_relations_between_models_point_the_same_way() -> None:
    """A foreign key by text is no import, yet it is a dependency."""
    graph = grimp.build_graph(*(app.name for app in APPS))
    upward = []
    for model in our_models():
        for field in model._meta.get_fields():
            if isinstance(field, models.ForeignKey | models.ManyToManyField):
                here, there = model.__module__.split(".")[0], field.related_model.__module__
                if there.split(".")[0] in {app.name for app in APPS} - {here} and (
                    graph.find_shortest_chain(there.split(".")[0], here, as_packages=True)
                ):
                    upward.append(f"{model._meta.label}.{field.name} → {there}")
    assert upward == []


# The doors


def test_public_views_are_these_and_no_others() -> None:
    assert sorted(route.name for route in routes() if route.is_public) == sorted(PUBLIC)


def test_every_view_is_a_function_of_ours_or_ships_whole() -> None:
    ours = {app.name for app in APPS}
    classes = [
        route.name
        for route in routes()
        if route.view.__module__.split(".")[0] in ours and hasattr(route.view, "view_class")
    ]
    assert classes == []


def calls(path: Path) -> Iterator[tuple[str, ast.Call]]:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            yield f"{name_of(path)}:{node.lineno} {ast.unparse(node.func)}", node


def test_views_neither_filter_nor_write() -> None:
    """They start from `visible_to` and its like, and change things through actions alone."""
    verbs = {"filter", "exclude", "save", "delete", "create", "bulk_create", "bulk_update"}
    verbs |= {"get_or_create", "update_or_create"}
    found = []
    for path in VIEWS:
        for place, call in calls(path):
            assert isinstance(call.func, ast.Attribute)
            receiver = ast.unparse(call.func.value)
            if call.func.attr in verbs or (
                call.func.attr in {"get", "all", "update"} and ".objects" in receiver
            ):
                found.append(place)
    assert found == []


def test_markup_is_declared_safe_only_in_web() -> None:
    found = []
    for path in SOURCES:
        if ROOT / "platform" / "web" in path.parents:
            continue
        for node in ast.walk(ast.parse(path.read_text())):
            name = getattr(node, "id", getattr(node, "attr", ""))
            if isinstance(node, ast.Name | ast.Attribute) and name == "mark_safe":
                found.append(f"{name_of(path)}:{node.lineno}")
    assert found == []


# The templates


@pytest.mark.parametrize("path", TEMPLATES, ids=name_of)
def test_templates_hold_no_inline_script_or_style(path: Path) -> None:
    source = path.read_text()
    inline = r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son[a-z]+=|javascript:|\|safe\b|autoescape"
    assert re.findall(inline, source) == []


def nodes(nodelist: NodeList, inside_if: bool = False) -> Iterator[tuple[Node, bool]]:
    for node in nodelist:
        yield node, inside_if
        if isinstance(node, IfNode):
            for _, branch in node.conditions_nodelists:
                yield from nodes(branch, True)
        else:
            for name in node.child_nodelists:
                yield from nodes(getattr(node, name, None) or NodeList(), inside_if)


def partials(path: Path) -> Iterator[tuple[PartialDefNode, bool]]:
    template = engines["django"].get_template(str(path.relative_to(ROOT / "templates")))
    for node, inside_if in nodes(template.template.nodelist):
        if isinstance(node, PartialDefNode):
            yield node, inside_if


@pytest.mark.parametrize("path", TEMPLATES, ids=name_of)
def test_no_partial_hides_behind_an_if(path: Path) -> None:
    """Asked for directly, it would be rendered past the `{% if %}`."""
    assert [node.partial_name for node, inside_if in partials(path) if inside_if] == []


def test_a_partial_behind_an_if_would_be_found() -> None:
    source = "{% if a %}{% block b %}{% partialdef p %}{% endpartialdef %}{% endblock %}{% endif %}"
    template = engines["django"].from_string(source).template
    assert [hidden for node, hidden in nodes(template.nodelist) if isinstance(node, PartialDefNode)]


@pytest.mark.parametrize("path", TEMPLATES, ids=name_of)
def test_a_partial_is_named_like_the_element_that_it_fills(path: Path) -> None:
    source = path.read_text()
    for node, _ in partials(path):
        name = node.partial_name
        begin = rf'partialdef {name}( inline)? %}}\s*<[a-z]+[^>]*?\bid="{name}"'
        assert re.search(begin, source), name


# The database


def constraints() -> list[Any]:
    return [
        pytest.param(constraint, id=f"{model._meta.label}.{constraint.name}")
        for model in our_models()
        for constraint in model._meta.constraints
    ]


@pytest.mark.parametrize("constraint", constraints())
def test_every_constraint_speaks_in_a_sentence_of_its_own(
    constraint: models.BaseConstraint,
) -> None:
    assert constraint.name
    message = str(constraint.violation_error_message)
    assert message != str(models.BaseConstraint.default_violation_error_message)
    assert message.endswith("."), message


def leaves(condition: models.Q) -> Iterator[tuple[str, Any]]:
    for child in condition.children:
        if isinstance(child, models.Q):
            yield from leaves(child)
        elif isinstance(child, tuple):
            yield child


def enumerations() -> list[Any]:
    return [
        pytest.param(model, field, id=f"{model._meta.label}.{field.name}")
        for model in our_models()
        for field in model._meta.fields
        if field.choices
    ]


@pytest.mark.parametrize(("model", "field"), enumerations())
def test_every_choice_is_held_by_the_database(model: type[models.Model], field: Any) -> None:
    """`choices` constrain forms only."""
    allowed = {value for value, _ in field.flatchoices}
    enforced = [
        set(named(constraint.condition, field.name))
        for constraint in model._meta.constraints
        if isinstance(constraint, models.CheckConstraint)
        and isinstance(constraint.condition, models.Q)
    ]
    assert allowed - {""} in [values - {""} for values in enforced]


def named(condition: models.Q, field: str) -> Iterator[str]:
    """The values that a condition names for a field."""
    for name, value in leaves(condition):
        if name == f"{field}__in":
            yield from value
        elif name in (field, f"{field}__exact"):
            yield value


def test_nothing_is_deleted_with_its_parent_unless_it_is_a_part_of_it() -> None:
    cascading = {
        f"{model._meta.label}.{field.name}"
        for model in our_models()
        for field in model._meta.fields
        if isinstance(field, models.ForeignKey)
        and field.remote_field.on_delete not in (models.PROTECT, models.DO_NOTHING)
    }
    assert cascading <= PARTS


# Rows that go with what they are a part of.
PARTS = {
    "proposals.WorkingCopy.proposal",
    "proposals.ReviewAnswer.review",
    "proposals.FoundBy.proposal",
    "proposals.FoundBy.comment",
}


@pytest.mark.django_db
def test_every_protected_table_has_its_triggers_after_the_migrations() -> None:
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT tbl_name, name FROM sqlite_master WHERE type = 'trigger'")
        else:
            cursor.execute(
                "SELECT relname, tgname FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid "
                "WHERE NOT tgisinternal AND tgenabled = 'O'"
            )
        armed: dict[str, set[str]] = {}
        for table, trigger in cursor.fetchall():
            armed.setdefault(table, set()).add(trigger)
    assert len(protected_tables()) >= 2
    assert sorted(armed) == protected_tables()


@pytest.mark.django_db
def test_the_migrations_are_those_of_the_models() -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


# The words


def catalogue(path: Path) -> dict[Any, str]:
    with path.open("rb") as file:
        return dict(gettext.GNUTranslations(file)._catalog)  # type: ignore[attr-defined]


@pytest.mark.parametrize("source", sorted(Path(settings.LOCALE_PATHS[0]).rglob("*.po")), ids=str)
def test_compiled_translations_are_those_of_the_source(source: Path, tmp_path: Path) -> None:
    if shutil.which("msgfmt") is None:
        pytest.skip("gettext is not installed")
    fresh = tmp_path / "fresh.mo"
    subprocess.run(["msgfmt", "--check", "-o", fresh, source], check=True)
    assert catalogue(source.with_suffix(".mo")) == catalogue(fresh)
