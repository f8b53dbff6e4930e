"""The demo city: loaded once for this module, read by every test of it."""

import os
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.core.management import CommandError, call_command
from django.db import transaction
from django.utils import timezone
from pytest_django import Settings
from pytest_django.plugin import DjangoDbBlocker

import indicators.verify
import voting.verify
from indicators.aftercare import aftercare_of
from indicators.composition import composition_of
from indicators.documents import read
from indicators.impact import MOST_MOVERS
from indicators.lifeless import Sign
from indicators.models import IndicatorSet, IndicatorVersion, Publication
from indicators.previews import preview_of
from indicators.record import missing
from ledger import chain
from ledger.immutability import maintenance
from ledger.models import Event, Head
from people.models import Appointment, Person, Unit
from people.nip import Employment, parse_nip
from people.roles import heads_of, roles_of
from proposals.aftercare import aftercare_page
from proposals.demo import DEMO_NIPS, PASSWORD, SMALLEST, accounts, demo_load
from proposals.demo.filling import ratio_of, raw_indicators
from proposals.models import Comment, Disposition, PollEntry, Proposal, Protest, Round
from proposals.stages import Stage
from tests.proposals.scoring_module import Terminal
from tests.told import Told, answer_of, told_in
from voting.models import Poll
from voting.results import result_of

ROOT = Path(__file__).resolve().parents[2]
pytestmark = [pytest.mark.xdist_group("demo"), pytest.mark.django_db]


@pytest.fixture(scope="module")
def city_keys(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("demo") / "keys"


@pytest.fixture(scope="module")
def loaded(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, city_keys: Path
) -> Iterator[None]:
    """The city, in one transaction around all tests of this module."""
    around = transaction.atomic()
    around._from_testcase = True  # as Django's TestCase marks its own: closings may stand in it
    kept, django_settings.KEYS_DIR = django_settings.KEYS_DIR, city_keys
    with django_db_blocker.unblock(), around:
        demo_load(size=160, now=timezone.now())
        yield
        transaction.set_rollback(True)
    django_settings.KEYS_DIR = kept


@pytest.fixture(autouse=True)
def _in_the_city(loaded: None, settings: Settings, city_keys: Path) -> None:
    settings.KEYS_DIR = city_keys
    settings.DEBUG = True


def run(*arguments: str) -> str:
    out = StringIO()
    call_command(*arguments, stdout=out, stderr=out)
    return out.getvalue()


# People and units


def test_the_city_has_as_many_people_as_asked_for() -> None:
    assert Person.objects.active().count() == 160


def test_every_nip_is_valid_and_held_by_nobody_real() -> None:
    today = timezone.localdate()
    for nip in Person.objects.values_list("nip", flat=True):
        assert parse_nip(nip, today=today).warning == ""
        assert nip[15:17] == "99"


def test_there_are_permanent_and_contract_employees() -> None:
    today = timezone.localdate()
    kinds = {parse_nip(person.nip, today=today).employment for person in Person.objects.all()}
    assert kinds == {Employment.PNS, Employment.PPPK}


def test_the_nine_accounts_are_who_the_design_says() -> None:
    told = {person.nip: person for person in Person.objects.filter(nip__in=DEMO_NIPS)}
    units = [told[nip].unit.code for nip in DEMO_NIPS]
    assert units == [
        *("puskesmas-latihan", "puskesmas-latihan", "disdik", "puskesmas-latihan", "dinkes"),
        *("bag-organisasi", "bag-organisasi", "inspektorat", "bkpsdm"),
    ]
    roles = {
        (item.person.nip, item.role)
        for item in Appointment.objects.filter(person__nip__in=DEMO_NIPS).select_related("person")
    }
    assert roles == {
        ("197908142005011992", "head"),
        ("197503152000121991", "head"),
        ("198503152010011991", "facilitator"),
        ("197702092003122993", "publisher"),
        ("197702092003122993", "head"),
        ("198109092006042996", "auditor"),
        ("198406172009012997", "administrator"),
    }


def test_puskesmas_latihan_has_twelve_people_who_are_all_told() -> None:
    twelve = set(
        Person.objects.filter(unit__code="puskesmas-latihan").values_list("nip", flat=True)
    )
    assert len(twelve) == 12
    assert twelve <= {account.nip for account in accounts()}


def test_everyone_signs_in_with_the_one_password() -> None:
    hashes = set(Person.objects.values_list("password", flat=True))
    assert len(hashes) == 1
    assert Person.objects.get(nip=DEMO_NIPS[0]).check_password(PASSWORD)


def test_every_unit_has_a_head_and_one_of_them_acts() -> None:
    today = timezone.localdate()
    assert [unit.code for unit in Unit.objects.all() if not heads_of(unit, on=today)] == []
    acting = Appointment.objects.in_force(today).filter(standing="plt")
    assert [item.unit.code for item in acting] == ["puskesmas-hutaimbaru"]


def test_somebody_is_on_leave() -> None:
    assert Person.objects.filter(presence=Person.Presence.ON_LEAVE).count() == 1


# Indicators and proposals


def test_proposals_stand_in_every_stage() -> None:
    assert set(Proposal.objects.values_list("stage", flat=True)) == set(Stage.values)


def test_all_seventy_indicators_are_adopted_or_proposed_and_whole() -> None:
    adopted = {version.code: version for version in IndicatorVersion.objects.in_use()}
    proposed = {
        proposal.record.code: proposal.record
        for proposal in Proposal.objects.filter(kind="new").select_related("record")
    }
    assert adopted.keys() | proposed.keys() == raw_indicators().keys() | {
        f"PKM-0{number}" for number in range(1, 9)
    }
    records = [*adopted.values(), *proposed.values()]
    assert [(item.code, missing(item, until="freeze")) for item in records
            if missing(item, until="freeze")] == []  # fmt: skip


def test_an_indicator_went_the_whole_way() -> None:
    version = IndicatorVersion.objects.get(code="KES-01")
    proposal = Proposal.objects.get(stage=Stage.ADOPTED, record__code="KES-01")
    assert version.provenance["proposal"] == str(proposal.pk)
    assert version.provenance["poll"]["in_favour"] == 21
    assert {row["outcome"] for row in version.provenance["dispositions"]} == {
        "adopted",
        "not_adopted",
    }
    assert proposal.revisions.count() == 3


def test_something_of_life_after_publication_is_seen() -> None:
    facilitator = Person.objects.get(nip="198503152010011991")
    now = timezone.now()
    roles = roles_of(facilitator, on=timezone.localdate(now))
    page = aftercare_page(facilitator, roles, now=now)
    assert [one.version.code for one in page.to_review] == ["KEC-03", "KES-09", "UMU-03"]
    signs = {one.version.code: [found.sign for found in one.findings] for one in page.lifeless}
    signs.pop("DUK-02", None)  # early in a year nothing was due yet
    assert signs == {"KES-07": [Sign.CONSTANT], "RSU-01": [Sign.FULL]}
    assert [objection.version.code for objection in page.objections] == ["KES-09"]
    discussed = aftercare_of("KES-10", facilitator, roles, now=now)
    assert discussed is not None
    assert (discussed.waiting, len(discussed.discussed)) == (0, 1)
    rated = aftercare_of("KES-07", facilitator, roles, now=now)
    assert rated is not None
    assert rated.rating is not None


def test_an_amendment_and_a_retirement_are_proposed() -> None:
    kinds = Counter(Proposal.objects.values_list("kind", flat=True))
    assert (kinds["amend"], kinds["retire"]) == (2, 1)  # one of them came from an objection


def test_every_kind_of_comment_and_disposition_is_there() -> None:
    assert set(Comment.objects.values_list("kind", flat=True)) == set(Comment.Kind.values)
    assert set(Disposition.objects.values_list("outcome", flat=True)) == set(
        Disposition.Outcome.values
    )


def test_a_procedural_objection_waits_for_the_facilitator() -> None:
    protest = Protest.objects.get(outcome="")
    assert protest.proposal.stage == Stage.OBJECTION


def test_the_open_poll_has_some_votes_and_takes_more() -> None:
    poll = Poll.objects.get(state=Poll.State.OPEN, method="approve")
    assert poll.items.count() == 2
    assert 0 < poll.electors.voted().count() < poll.electors.count()
    assert poll.closes_at > timezone.now() + timedelta(days=1)


def test_consensus_was_found_but_for_one_item_which_went_to_a_vote() -> None:
    poll = Poll.objects.get(method="consensus")
    result = result_of(poll)
    assert result is not None
    assert sorted(item.passed for item in result.items) == [False, True, True]
    assert poll.meeting.attendance.filter(is_present=True).count() == result.turnout == 10
    entries = PollEntry.objects.filter(proposal__record__code="PKM-05")
    assert {entry.poll.method for entry in entries} == {"consensus", "approve"}
    stages = Proposal.objects.filter(poll_entries__poll=poll).values_list("stage", flat=True)
    assert set(stages) == {Stage.ADOPTED}


def test_voters_were_asked_for_weights_and_the_result_is_shown() -> None:
    result = result_of(Poll.objects.get(method="weights"))
    assert result is not None
    weights = [item.weight for item in result.items]
    assert sum(weight for weight in weights if weight is not None) == 100
    assert None not in weights


def test_a_ranking_is_open_in_which_the_accounts_of_the_readme_can_vote() -> None:
    poll = Poll.objects.get(method="schulze")
    assert poll.state == Poll.State.OPEN
    assert poll.closes_at > timezone.now() + timedelta(days=1)
    assert 0 < poll.electors.voted().count() < poll.policy.quorum_needed(poll.roll_size)
    asked = poll.electors.filter(has_voted=False, person__nip__in=DEMO_NIPS)
    assert {elector.person.nip for elector in asked} == set(DEMO_NIPS[:2])


def test_closed_polls_are_sealed_by_votes_that_were_cast() -> None:
    for poll in Poll.objects.ended():
        result = result_of(poll)
        assert result is not None
        assert result.turnout == poll.electors.voted().count() >= 5


def test_the_training_round_takes_minutes_and_is_open() -> None:
    training = Round.objects.get(is_training=True)
    assert training.scope.code == "puskesmas-latihan"
    assert (training.objection_days, training.minimum_discussion_days) == (0, 0)
    assert training.voting_minutes == 5
    assert training.is_open(timezone.now())
    assert set(training.proposals.values_list("stage", flat=True)) == {"draft", "discussion"}


# Sets


def test_three_sets_are_published_and_follow_each_other() -> None:
    published = list(Publication.objects.order_by("published_at"))
    assert [item.version for item in published] == ["1.0.0", "1.1.0", "2.0.0"]
    assert [item.previous for item in published] == [None, *published[:2]]


def test_the_second_set_adds_watched_indicators_alone() -> None:
    first, second, _third = (
        {item["code"]: item["weight_percent"] for item in read(publication.content)["indicators"]}
        for publication in Publication.objects.order_by("published_at")
    )
    assert {code: second[code] for code in second.keys() - first.keys()} == {
        "DUK-07": "0",
        "UMU-02": "0",
        "BAP-03": "0",
    }
    assert first.items() <= second.items()


def test_the_newest_set_carries_what_the_deliberation_adopted() -> None:
    document = read(Publication.objects.latest("published_at").content)
    immunisation = next(item for item in document["indicators"] if item["code"] == "KES-01")
    assert immunisation["provenance"]["poll"]["turnout"] == 26
    assert Decimal(immunisation["weight_percent"]) == 15


def test_the_draft_of_next_year_has_an_impact_that_leaves_a_small_unit_out() -> None:
    draft = IndicatorSet.objects.unpublished().get()
    assert composition_of(draft, today=timezone.localdate()).problems == []
    preview = preview_of(draft)
    assert preview.hidden == ["Puskesmas Batunadua", "Puskesmas Hutaimbaru"]
    assert (len(preview.rows), len(preview.up), len(preview.down)) == (20, 3, MOST_MOVERS)
    assert any(row.changed_from for row in preview.rows)


def test_the_sets_say_that_they_are_examples() -> None:
    for publication in Publication.objects.all():
        document = read(publication.content)
        assert document["decision"]["number"].startswith("CONTOH/")
        assert document["transition_note"]["text"].startswith("Contoh untuk peragaan")


def test_ledger_sets_and_seals_verify() -> None:
    found = [*chain.mismatches(), *indicators.verify.mismatches(), *voting.verify.mismatches()]
    assert found == []


# The command


def test_a_second_run_finds_the_city_and_changes_nothing() -> None:
    before = Head.objects.get().hash
    assert "here already" in run("demo", "--no-serve")
    assert Head.objects.get().hash == before


def test_the_command_tells_address_accounts_and_password() -> None:
    told = run("demo", "--no-serve", "--port", "8123")
    assert "http://localhost:8123" in told
    assert "martahi-demo" in told
    assert all(nip in told for nip in DEMO_NIPS)


def test_it_refuses_where_debug_is_off(settings: Settings) -> None:
    settings.DEBUG = False
    with pytest.raises(CommandError, match="MARTAHI_DEBUG"):
        run("demo", "--no-serve")


def test_it_refuses_a_city_without_room_for_its_offices() -> None:
    with pytest.raises(CommandError, match=str(SMALLEST)):
        run("demo", "--no-serve", "--people", "12")


@pytest.mark.parametrize(
    ("forgotten", "said"),
    [(["demo.loaded"], "interrupted"), (["demo.loaded", "demo.begun"], "something else")],
)
def test_it_refuses_a_database_that_holds_anything_else(forgotten: list[str], said: str) -> None:
    with maintenance():
        Event.objects.filter(action__in=forgotten).update(action="forgotten")
    before = Person.objects.count()
    with pytest.raises(CommandError, match=said):
        run("demo", "--no-serve")
    assert Person.objects.count() == before


def test_verify_finds_nothing_wrong_and_gives_a_checkpoint() -> None:
    head = Head.objects.get()
    told = run("verify")
    assert f"checkpoint {head.number}:{head.hash}" in told
    assert "verify" in run("verify", "--checkpoint", f"{head.number}:{head.hash}")


def test_verify_names_the_event_that_somebody_changed() -> None:
    with maintenance():
        Event.objects.filter(number=40).update(subject="people.person:somebody-else")
    out = StringIO()
    with pytest.raises(CommandError, match="1 mismatch"):
        call_command("verify", stdout=out)
    assert out.getvalue().startswith("ledger 40: ")


def test_verify_names_the_set_whose_document_somebody_changed() -> None:
    publication = Publication.objects.get(major=2)
    changed = publication.content.replace(b'"weight_percent":"15"', b'"weight_percent":"16"', 1)
    assert changed != publication.content
    with maintenance():
        Publication.objects.filter(pk=publication.pk).update(document=changed)
    out = StringIO()
    with pytest.raises(CommandError):
        call_command("verify", stdout=out)
    assert "2.0.0" in out.getvalue()


def test_verify_misses_a_checkpoint_that_the_ledger_no_longer_holds() -> None:
    out = StringIO()
    with pytest.raises(CommandError):
        call_command("verify", "--checkpoint", "40:sha256:" + "0" * 64, stdout=out)
    assert "ledger 40" in out.getvalue()


def test_a_machine_that_nobody_set_up_runs_the_demo_with_debug_on(tmp_path: Path) -> None:
    """As the README starts it: no environment. `--people 1` is refused after DEBUG was found on."""
    answer = _manage("demo", "--people", "1", MARTAHI_VAR_DIR=str(tmp_path))
    assert "--people" in answer.stderr


def test_a_server_that_was_set_up_is_not_turned_into_a_demo(tmp_path: Path) -> None:
    answer = _manage(
        "demo", "--no-serve", MARTAHI_VAR_DIR=str(tmp_path), MARTAHI_SECRET_KEY="x" * 50
    )
    assert "MARTAHI_DEBUG=true" in answer.stderr


def _manage(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    root = Path(django_settings.BASE_DIR)
    if (root / ".env").exists():
        pytest.skip("this machine has settings of its own in .env")
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("MARTAHI_", "DJANGO_")) and name != "DATABASE_URL"
    }
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=root,
        env=kept | environment,
        capture_output=True,
        text=True,
        timeout=60,
    )


# Filling in


@pytest.mark.parametrize(
    ("formula", "fraction"),
    [
        ("(Bayi lengkap ÷ seluruh bayi) × 100", ("Bayi lengkap", "Seluruh bayi")),
        ("((baik + sedang) ÷ total) × 100", ("Baik + sedang", "Total")),
        ("(a ÷ (b × c)) × 100", ("A", "B × c")),
        ("Jumlah kasus dalam setahun", ("", "")),
        ("Σ(nilai × bobot) × 25", ("", "")),
    ],
)
def test_a_ratio_is_taken_apart(formula: str, fraction: tuple[str, str]) -> None:
    assert ratio_of(formula) == fraction


# What docs/scoring-module.md tells


def test_the_commands_for_the_scoring_module_answer_what_their_page_says(
    tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    terminal = Terminal(tmp_path, capfdbinary, monkeypatch)
    told = list(told_in(ROOT / "docs/scoring-module.md"))
    assert len(told) > 14
    for item in told:
        found = answer_of(item.command, terminal.run)
        assert item.is_answered_by(found), f"{item.command}\n{found}"


def test_a_command_that_answers_something_else_is_noticed() -> None:
    """The control."""
    told = Told("x", "a …b\n…\nlast\n")
    assert told.is_answered_by("a 1b\nlast\n")
    assert told.is_answered_by("a 1b\nx\ny\nlast\n")
    for other in ("a b\nlast\n", "a 1c\nlast\n", "a 1b\n", "a 1b\nlast\nmore\n", ""):
        assert not told.is_answered_by(other)
