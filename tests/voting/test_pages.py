"""The doors of voting over HTTP: list, ballot, casting, own status, closing, roll, codes."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.contrib.messages import get_messages
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from people.models import Person, Unit
from tests.voting.builders import (
    ABSTAIN,
    APPROVE,
    REJECT,
    add_staff,
    ballot,
    cast,
    cast_all,
    open_poll,
    sealed_poll,
    token,
    voters_of,
)
from voting import clock
from voting.actions import item_void
from voting.models import Poll
from voting.policy import Policy

pytestmark = pytest.mark.django_db

type ClientOf = Callable[[Person], Client]


def address(name: str, poll: Poll) -> str:
    return reverse(f"voting:{name}", args=[poll.pk])


def form(poll: Poll, person: Person, *choices: str) -> dict[str, str]:
    """A filled-in ballot as a browser sends it."""
    fields = {f"item-{key}": choice for key, choice in ballot(poll, *choices).items()}
    return fields | {"receipt": token(poll, person)}


def get(client: Client, name: str, poll: Poll) -> str:
    response = client.get(address(name, poll))
    assert response.status_code == 200
    return response.content.decode()


# The list


def test_the_list_asks_first_for_the_votes_that_are_waited_for(
    client_of: ClientOf, head: Person, elector: Person
) -> None:
    waiting = open_poll(actor=head, title="Menunggu saya")
    voted = open_poll(actor=head, title="Sudah saya beri suara")
    cast(voted, elector, APPROVE)
    ended = sealed_poll(actor=head, choices=[], title="Sudah lewat")
    response = client_of(elector).get(reverse("voting:list"))
    assert list(response.context["waiting"]) == [waiting]
    assert list(response.context["others"]) == [voted]
    assert list(response.context["ended"]) == [ended]


def test_a_poll_whose_time_is_over_asks_for_no_vote(
    client_of: ClientOf, head: Person, elector: Person
) -> None:
    late = open_poll(actor=head, opens_at=timezone.now() - timedelta(days=9))
    response = client_of(elector).get(reverse("voting:list"))
    assert list(response.context["waiting"]) == []
    assert list(response.context["others"]) == [late]
    assert "Waktu memilih habis" in response.content.decode()


def test_the_list_asks_as_many_queries_for_many_polls_as_for_few(
    client_of: ClientOf, head: Person, elector: Person, django_assert_max_num_queries: object
) -> None:
    client = client_of(elector)
    for _ in range(6):
        open_poll(actor=head)
        sealed_poll(actor=head, choices=[])
    with django_assert_max_num_queries(14):  # type: ignore[operator]
        client.get(reverse("voting:list"))


# The page of an open poll


def test_the_ballot_shows_every_item_and_nothing_chosen(
    client_of: ClientOf, head: Person, elector: Person
) -> None:
    poll = open_poll(actor=head, items=3)
    page = get(client_of(elector), "detail", poll)
    for item in poll.items.all():
        assert item.title in page
        assert item.digest in page
        assert f'href="{item.url}"' in page
    assert page.count('type="radio"') == 9
    assert "checked" not in page
    assert head.name in page
    assert "rekomendasi" in page
    assert "Yang tidak dijanjikan" in page


def test_the_page_tells_nobody_how_many_have_voted(client_of: ClientOf, head: Person) -> None:
    """Byte for byte the same before and after, for everyone but the one who voted."""
    add_staff(head.unit, 3)
    poll = open_poll(actor=head)
    voter, watcher = voters_of(poll)[:2]

    def pages() -> list[str]:
        varying = r'(name="(csrfmiddlewaretoken|receipt)" value="|nonce="|X-CSRFToken": ")[^"]*'
        return [
            re.sub(varying, "", client_of(person).get(url).content.decode())
            for person in (watcher, head)
            for url in (address("detail", poll), reverse("voting:list"), address("roll", poll))
        ]

    before = pages()
    cast(poll, voter, APPROVE)
    assert pages() == before


def test_who_is_not_on_the_roll_sees_the_questions_and_no_ballot(
    client_of: ClientOf, head: Person, outsider: Person
) -> None:
    poll = open_poll(actor=head)
    page = get(client_of(outsider), "detail", poll)
    assert "Anda tidak terdaftar" in page
    assert 'type="radio"' not in page
    assert "Lihat daftar pemilih" not in page


def test_who_has_voted_sees_that_and_no_ballot(
    client_of: ClientOf, head: Person, elector: Person
) -> None:
    poll = open_poll(actor=head)
    cast(poll, elector, APPROVE)
    page = get(client_of(elector), "detail", poll)
    assert "Suara Anda sudah tercatat." in page
    assert 'type="radio"' not in page


def test_a_void_item_stays_visible_with_its_reason_and_without_choices(
    client_of: ClientOf, head: Person, elector: Person
) -> None:
    poll = open_poll(actor=head, items=2)
    item_void(actor=head, item=poll.items.all()[0], reason="Rumus keliru.", now=timezone.now())
    page = get(client_of(elector), "detail", poll)
    assert "Rumus keliru." in page
    assert page.count('type="radio"') == 3


def test_the_ballot_asks_as_many_queries_for_many_items_as_for_one(
    client_of: ClientOf, head: Person, elector: Person, django_assert_max_num_queries: object
) -> None:
    add_staff(head.unit, 30)
    poll = open_poll(actor=head, items=12)
    client = client_of(elector)
    with django_assert_max_num_queries(12):  # type: ignore[operator]
        client.get(address("detail", poll))


def test_an_unknown_poll_is_not_there(client_of: ClientOf, elector: Person) -> None:
    url = reverse("voting:detail", args=["00000000-0000-4000-8000-000000000000"])
    assert client_of(elector).get(url).status_code == 404


def test_a_visitor_is_sent_to_sign_in(client: Client, head: Person) -> None:
    poll = open_poll(actor=head)
    for name in ("detail", "my-status", "roll", "receipts"):
        assert client.get(address(name, poll)).status_code == 302


# Casting


def test_a_vote_asks_no_more_than_it_needs_and_its_page_nothing(
    client_of: ClientOf, head: Person, elector: Person, django_assert_max_num_queries: object
) -> None:
    """Session, person, poll; then elector with box, items with the clock, mark and box."""
    add_staff(head.unit, 30)
    poll = open_poll(actor=head, items=12)
    client = client_of(elector)
    sent = form(poll, elector, APPROVE)
    with django_assert_max_num_queries(9):  # type: ignore[operator]
        page = client.post(address("cast", poll), sent)
    assert "Suara Anda tercatat, selesai." in page.content.decode()
    assert page.content.decode().count(reverse("account_logout")) == 1, "and the way out is on it"


def test_casting_answers_with_the_receipt_on_a_page_that_is_not_stored(
    client_of: ClientOf, head: Person, elector: Person
) -> None:
    poll = open_poll(actor=head, items=2)
    response = client_of(elector).post(address("cast", poll), form(poll, elector, APPROVE, REJECT))
    assert response.status_code == 200
    assert "no-store" in response.headers["Cache-Control"]
    page = response.content.decode()
    assert "Suara Anda tercatat, selesai." in page
    assert re.search(r"([0-9a-f]{4}-){7}[0-9a-f]{4}", page)
    assert APPROVE not in page
    assert list(get_messages(response.wsgi_request)) == []
    assert poll.electors.voted().get().person == elector


def test_the_ballot_page_is_not_stored_either(
    client_of: ClientOf, head: Person, elector: Person
) -> None:
    response = client_of(elector).get(address("detail", open_poll(actor=head)))
    assert "no-store" in response.headers["Cache-Control"]


def test_an_incomplete_ballot_comes_back_with_its_choices_and_a_sentence_for_each_gap(
    client_of: ClientOf, head: Person, elector: Person
) -> None:
    poll = open_poll(actor=head, items=3)
    fields = form(poll, elector, APPROVE)
    keys = list(fields)
    del fields[keys[1]]
    fields[keys[2]] = "maybe"
    response = client_of(elector).post(address("cast", poll), fields)
    page = response.content.decode()
    assert response.status_code == 200
    assert "no-store" in response.headers["Cache-Control"]
    assert page.count("Pilih setuju, tidak setuju atau abstain.") == 2  # beside it, and above
    assert page.count("Pilihan ini tidak tersedia.") == 2
    assert page.count("checked") == 1
    assert f'value="{fields["receipt"]}"' in page.replace("&amp;", "&"), "the form keeps its code"
    assert not poll.electors.voted().exists()


def test_the_same_form_twice_shows_the_same_receipt(
    client_of: ClientOf, head: Person, elector: Person
) -> None:
    poll = open_poll(actor=head)
    fields, client = form(poll, elector, APPROVE), client_of(elector)
    codes = [
        re.findall(r"[0-9a-f-]{39}", client.post(address("cast", poll), fields).content.decode())[0]
        for _ in range(2)
    ]
    assert codes[0] == codes[1]
    assert poll.boxes.get().n == 1


def test_another_form_after_voting_is_refused(
    client_of: ClientOf, head: Person, elector: Person
) -> None:
    poll = open_poll(actor=head)
    client = client_of(elector)
    client.post(address("cast", poll), form(poll, elector, APPROVE))
    response = client.post(address("cast", poll), form(poll, elector, REJECT))
    assert response.status_code == 403
    assert "sudah tercatat" in response.content.decode()


@pytest.mark.parametrize("who", ["outsider", "head", "auditor"])
def test_who_is_not_on_the_roll_casts_nothing(
    request: pytest.FixtureRequest, client_of: ClientOf, head: Person, who: str
) -> None:
    poll, person = open_poll(actor=head), request.getfixturevalue(who)
    response = client_of(person).post(address("cast", poll), form(poll, person, APPROVE))
    assert response.status_code == 403
    assert poll.boxes.get().n == 0


def test_a_ballot_of_another_poll_comes_back_with_a_sentence(
    client_of: ClientOf, head: Person, elector: Person
) -> None:
    poll, other = open_poll(actor=head), open_poll(actor=head)
    fields = form(poll, elector, APPROVE) | form(other, elector, APPROVE)
    fields["receipt"] = token(poll, elector)
    response = client_of(elector).post(address("cast", poll), fields)
    assert response.status_code == 200
    assert "bukan bagian pemungutan suara ini" in response.content.decode()
    assert poll.boxes.get().n == 0


def test_without_its_receipt_token_a_ballot_is_refused(
    client_of: ClientOf, head: Person, elector: Person
) -> None:
    poll = open_poll(actor=head)
    fields = form(poll, elector, APPROVE)
    del fields["receipt"]
    assert client_of(elector).post(address("cast", poll), fields).status_code == 403


@pytest.mark.parametrize(
    ("name", "method"),
    [
        ("cast", "get"),
        ("close", "get"),
        ("detail", "post"),
        ("my-status", "post"),
        ("roll", "post"),
        ("receipts", "post"),
    ],
)
def test_each_door_opens_by_its_method_alone(
    client_of: ClientOf, head: Person, elector: Person, name: str, method: str
) -> None:
    poll = open_poll(actor=head)
    assert getattr(client_of(elector), method)(address(name, poll)).status_code == 405


# The own status


def test_my_status_says_recorded_or_not_and_nothing_else(
    client_of: ClientOf, head: Person, elector: Person, outsider: Person
) -> None:
    poll = open_poll(actor=head)
    assert "Suara Anda belum tercatat." in get(client_of(elector), "my-status", poll)
    code = cast(poll, elector, APPROVE).code
    page = get(client_of(elector), "my-status", poll)
    assert "Suara Anda sudah tercatat." in page
    assert code not in page
    assert "Anda tidak terdaftar" in get(client_of(outsider), "my-status", poll)


# Closing by hand


def test_a_head_closes_over_http_when_all_have_voted(client_of: ClientOf, head: Person) -> None:
    poll = open_poll(actor=head)
    client = client_of(head)
    assert "Tutup dan hitung" not in get(client, "detail", poll)
    assert client.post(address("close", poll)).status_code == 403
    cast_all(poll, [APPROVE] * poll.roll_size)
    assert "Tutup dan hitung" in get(client, "detail", poll)
    response = client.post(address("close", poll))
    assert response.status_code == 302
    assert response.headers["Location"] == address("detail", poll)
    poll.refresh_from_db()
    assert poll.state == Poll.State.SEALED


@pytest.mark.parametrize("who", ["author", "elector", "outsider", "facilitator"])
def test_others_have_no_hand_in_closing(
    request: pytest.FixtureRequest, client_of: ClientOf, head: Person, who: str
) -> None:
    poll = open_poll(actor=head)
    client = client_of(request.getfixturevalue(who))
    with clock.staged_at(poll.closes_at):
        assert client.post(address("close", poll)).status_code == 403
    poll.refresh_from_db()
    assert poll.state == Poll.State.OPEN


# The result


def test_the_result_shows_counts_both_readings_hashes_and_codes(
    client_of: ClientOf, head: Person, outsider: Person
) -> None:
    add_staff(head.unit, 3)
    poll = open_poll(actor=head)
    receipts = cast_all(poll, [APPROVE] * 3 + [REJECT] + [ABSTAIN] * 2)
    with clock.staged_at(poll.closes_at):
        client_of(head).post(address("close", poll))
    page = get(client_of(outsider), "detail", poll)
    seal = Poll.objects.get(pk=poll.pk).seal
    assert "Disetujui pemilih" in page
    assert "yang berlaku" in page
    assert "lebih ketat" in page
    assert "Kuorum tercapai" in page
    assert "<svg" in page
    for told in (
        seal.result_hash,
        seal.ballots_hash,
        seal.receipts_hash,
        seal.roll_hash,
        seal.nonce,
    ):
        assert told in page
    for receipt in receipts:
        assert receipt.code in page


def test_below_five_ballots_the_page_tells_the_decision_and_the_turnout_alone(
    client_of: ClientOf, head: Person, elector: Person
) -> None:
    poll = sealed_poll(actor=head, choices=[APPROVE, REJECT])
    page = get(client_of(elector), "detail", poll)
    assert "Tidak disetujui pemilih" in page
    assert "kurang dari 5" in page
    assert poll.seal.nonce not in page
    assert "Rekapitulasi suara" not in page
    assert "berimbang</span>" not in page
    assert "lebih ketat" not in page


def test_a_void_item_is_told_on_the_result(
    client_of: ClientOf, head: Person, elector: Person
) -> None:
    poll = open_poll(actor=head, items=2)
    item_void(actor=head, item=poll.items.all()[1], reason="Rumus keliru.", now=timezone.now())
    with clock.staged_at(poll.closes_at):
        client_of(head).post(address("close", poll))
    page = get(client_of(elector), "detail", poll)
    assert "Dibatalkan" in page
    assert "Rumus keliru." in page


def test_mode_b_shows_each_ballot_beside_its_code(
    client_of: ClientOf, head: Person, elector: Person
) -> None:
    add_staff(head.unit, 3)
    policy = Policy(publication_mode="B")
    shown = sealed_poll(actor=head, choices=[APPROVE, REJECT] * 3, policy=policy)
    hidden = sealed_poll(actor=head, choices=[APPROVE, REJECT] * 2, policy=policy)
    client = client_of(elector)
    assert "Surat suara yang diumumkan" in get(client, "detail", shown)
    assert "Surat suara yang diumumkan" not in get(client, "detail", hidden)


def test_a_disputed_poll_says_so_and_has_no_result(
    client_of: ClientOf, head: Person, elector: Person
) -> None:
    poll = open_poll(actor=head)
    poll.electors.of_person(elector).update(has_voted=True)
    with clock.staged_at(poll.closes_at):
        client_of(head).post(address("close", poll))
    page = get(client_of(elector), "detail", poll)
    assert "bermasalah" in page
    assert "Hasil per butir" not in page


# Roll and codes


def test_the_roll_names_the_electors_and_not_who_voted(
    client_of: ClientOf, head: Person, elector: Person
) -> None:
    poll = open_poll(actor=head)
    cast(poll, elector, APPROVE)
    page = get(client_of(elector), "roll", poll)
    for person in voters_of(poll):
        assert person.name in page
        assert person.nip not in page
    assert "sudah memilih tidak ditampilkan" in page


def test_the_roll_is_not_for_everyone(client_of: ClientOf, head: Person, outsider: Person) -> None:
    assert client_of(outsider).get(address("roll", open_poll(actor=head))).status_code == 403


@pytest.mark.parametrize("mode", ["A", "B"])
def test_the_codes_come_as_text_after_sealing(
    client_of: ClientOf, head: Person, elector: Person, mode: str
) -> None:
    poll = open_poll(actor=head, policy=Policy(publication_mode=mode))
    code = cast(poll, elector, APPROVE).code
    client = client_of(elector)
    assert client.get(address("receipts", poll)).status_code == 403
    with clock.staged_at(poll.closes_at):
        client_of(head).post(address("close", poll))
    response = client.get(address("receipts", poll))
    assert response.content.decode() == f"{code}\n"
    assert response.headers["Content-Type"].startswith("text/plain")


def test_mode_c_publishes_no_codes(client_of: ClientOf, head: Person, elector: Person) -> None:
    poll = sealed_poll(actor=head, choices=[APPROVE], policy=Policy(publication_mode="C"))
    assert client_of(elector).get(address("receipts", poll)).status_code == 403


def test_titles_and_reasons_are_escaped(
    client_of: ClientOf, head: Person, elector: Person, unit: Unit
) -> None:
    poll = open_poll(actor=head, title="<script>alert(1)</script>")
    item_void(
        actor=head, item=poll.items.get(), reason="<img src=x onerror=alert(1)>", now=timezone.now()
    )
    page = get(client_of(elector), "detail", poll)
    assert "<script>alert" not in page
    assert "<img src=x" not in page
