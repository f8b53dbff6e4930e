"""Two windows on one text: whoever saves second sees both, and nothing typed is lost."""

import itertools
import random
from collections.abc import Callable
from datetime import datetime
from html import unescape
from uuid import UUID, uuid4

import pytest
from django.test import Client
from django.urls import reverse

from people.models import Person, Unit
from proposals import actions
from proposals.models import Proposal, Revision, WorkingCopy
from tests.proposals.builders import build_draft, build_frozen, build_round, fields_written

type ClientOf = Callable[[Person], Client]

HTMX = {"HX-Request": "true"}


@pytest.fixture
def text(author: Person, unit: Unit, now: datetime) -> Proposal:
    """A complete draft, with no working copy."""
    return build_draft(author, build_round(unit, now=now), now=now)


class Window:
    """One open edit page: the form as the server filled it, and what is typed into it."""

    def __init__(self, client: Client, proposal: Proposal) -> None:
        self.client, self.proposal = client, proposal
        self.load()

    def load(self) -> None:
        page = self.client.get(self.address("edit"))
        form, context = page.context["form"], page.context
        self.typed = {name: form[name].value() for name in form.fields}
        self.typed = {
            name: "" if value is None else value
            for name, value in self.typed.items()
            if value is not False
        }
        self.typed |= {name: context[name] for name in ("based_on", "edition", "window")}

    def address(self, name: str) -> str:
        return reverse(f"proposals:{name}", args=[self.proposal.pk])

    def send(self, name: str, **headers: str):  # type: ignore[no-untyped-def]
        return self.client.post(self.address(name), self.typed, headers=headers)

    def autosave(self) -> str:
        page = self.send("working-copy", **HTMX).content.decode()
        if "belum tersimpan dan tidak hilang" not in page:
            self.typed["edition"] = page.split('name="edition" value="')[1].split('"')[0]
        return page


def copy_of(proposal: Proposal) -> WorkingCopy:
    return WorkingCopy.objects.get(proposal=proposal)


def keep(
    actor: Person, proposal: Proposal, *, now: datetime, window: UUID | None = None, **fields: str
) -> WorkingCopy:
    existing = WorkingCopy.objects.filter(proposal=proposal).first()
    return actions.working_copy_save(
        actor=actor,
        proposal=proposal,
        fields=fields,
        edition=existing.edition if existing else 0,
        based_on=proposal.revisions.latest("number").number,
        window=window or uuid4(),
        now=now,
    )


def test_the_working_copy_of_another_window_is_not_overwritten(
    author: Person, text: Proposal, now: datetime
) -> None:
    keep(author, text, name="satu", now=now)
    with pytest.raises(actions.Overtaken, match="jendela lain"):
        actions.working_copy_save(
            actor=author,
            proposal=text,
            fields={"name": "dua"},
            edition=0,
            based_on=1,
            window=uuid4(),
            now=now,
        )
    assert copy_of(text).fields == {"name": "satu"}


def test_a_window_whose_answer_got_lost_goes_on(
    author: Person, text: Proposal, now: datetime
) -> None:
    window = uuid4()
    keep(author, text, name="satu", window=window, now=now)
    copy = actions.working_copy_save(
        actor=author,
        proposal=text,
        fields={"name": "satu dua"},
        edition=0,
        based_on=1,
        window=window,
        now=now,
    )
    assert copy.fields == {"name": "satu dua"}


def test_a_copy_is_not_kept_on_a_revision_that_its_window_has_not_seen(
    author: Person, text: Proposal, now: datetime
) -> None:
    actions.revision_save(
        actor=author,
        proposal=text,
        fields=fields_written(target=70),
        reason="",
        based_on=1,
        now=now,
    )
    with pytest.raises(actions.Overtaken, match="Revisi 2"):
        actions.working_copy_save(
            actor=author,
            proposal=text,
            fields={"name": "lama"},
            edition=0,
            based_on=1,
            window=uuid4(),
            now=now,
        )
    assert not WorkingCopy.objects.exists()


def test_a_revision_does_not_wipe_out_what_another_window_is_typing(
    author: Person, text: Proposal, now: datetime
) -> None:
    keep(author, text, name="sedang ditulis", now=now)
    with pytest.raises(actions.Overtaken, match="jendela lain"):
        actions.revision_save(
            actor=author,
            proposal=text,
            fields=fields_written(target=70),
            reason="",
            based_on=1,
            now=now,
        )
    assert copy_of(text).fields == {"name": "sedang ditulis"}
    assert Revision.objects.count() == 1


def test_the_second_window_sees_both_texts_and_only_what_differs(
    client_of: ClientOf, author: Person, text: Proposal
) -> None:
    first, second = (Window(client_of(author), text) for _ in range(2))
    first.typed["purpose"] = "Tujuan dari jendela pertama."
    second.typed["purpose"] = "Tujuan dari jendela kedua."
    first.autosave()
    page = second.send("edit")
    assert [one.field for one in page.context["differences"]] == ["purpose"]
    for typed in ("Tujuan dari jendela pertama.", "Tujuan dari jendela kedua."):
        assert typed in unescape(page.content.decode())


def test_a_field_that_only_one_window_changed_is_chosen_already(
    client_of: ClientOf, author: Person, text: Proposal
) -> None:
    first, second = (Window(client_of(author), text) for _ in range(2))
    first.typed["purpose"] = "Tujuan lain."
    second.typed["target"] = "85"
    first.send("edit")
    page = second.send("edit")
    chosen = {one.field: one.chosen for one in page.context["differences"]}
    assert chosen == {"purpose": "theirs", "target": "mine"}


def joining(window: Window, page, **picks: str) -> dict[str, object]:  # type: ignore[no-untyped-def]
    """What the page of two texts sends on: the typed text, where it stands, and what was picked."""
    context = page.context
    return window.typed | {
        "based_on": context["kept"].based_on,
        "kept": context["kept"].edition,
        "edition": context["edition"],
        "started_from": context["started_from"],
        **picks,
    }


def test_joining_takes_each_field_from_the_text_that_was_picked(
    client_of: ClientOf, author: Person, text: Proposal
) -> None:
    first, second = (Window(client_of(author), text) for _ in range(2))
    first.typed |= {"purpose": "Tujuan pertama.", "basis": "Dasar pertama."}
    second.typed |= {"purpose": "Tujuan kedua.", "basis": "Dasar kedua."}
    first.autosave()
    picks = {"pick-purpose": "mine", "pick-basis": "theirs"}
    data = joining(second, second.send("compare"), **picks)
    assert second.client.post(second.address("join"), data).status_code == 302
    kept = copy_of(text)
    assert (kept.fields["purpose"], kept.fields["basis"]) == ("Tujuan kedua.", "Dasar pertama.")
    assert set(text.set_aside.values_list("field", "text")) == {
        ("purpose", "Tujuan pertama."),
        ("basis", "Dasar kedua."),
    }


def test_what_was_not_picked_stays_below_the_form(
    client_of: ClientOf, author: Person, text: Proposal
) -> None:
    first, second = (Window(client_of(author), text) for _ in range(2))
    first.typed["purpose"] = "Tujuan pertama."
    second.typed["purpose"] = "Tujuan kedua."
    first.autosave()
    data = joining(second, second.send("compare"), all="mine")
    page = second.client.post(second.address("join"), data, follow=True)
    assert [line.words for line in page.context["set_aside"]] == ["Tujuan pertama."]


def test_nothing_is_joined_before_every_field_is_picked(
    client_of: ClientOf, author: Person, text: Proposal
) -> None:
    first, second = (Window(client_of(author), text) for _ in range(2))
    first.typed["purpose"] = "Tujuan pertama."
    second.typed["purpose"] = "Tujuan kedua."
    first.autosave()
    page = second.client.post(second.address("join"), joining(second, second.send("compare")))
    assert "belum dipilih" in page.content.decode()
    assert copy_of(text).fields["purpose"] == "Tujuan pertama."


def test_a_third_save_during_the_comparison_is_compared_again(
    client_of: ClientOf, author: Person, text: Proposal
) -> None:
    first, second = (Window(client_of(author), text) for _ in range(2))
    first.typed["purpose"] = "Tujuan pertama."
    second.typed["purpose"] = "Tujuan kedua."
    first.autosave()
    data = joining(second, second.send("compare"), all="mine")
    first.typed["purpose"] = "Tujuan pertama, lebih lengkap."
    first.autosave()
    page = second.client.post(second.address("join"), data)
    assert "Tujuan pertama, lebih lengkap." in unescape(page.content.decode())
    assert copy_of(text).fields["purpose"] == "Tujuan pertama, lebih lengkap."


def test_a_copy_of_an_older_revision_is_compared_before_it_goes_on(
    client_of: ClientOf, author: Person, text: Proposal, now: datetime
) -> None:
    window = Window(client_of(author), text)
    window.typed["purpose"] = "Tujuan yang masih ditulis."
    window.autosave()
    # Another door wrote a revision beside the copy, as an accepted suggestion does.
    actions.revisions.revision_append(
        text, text.record, fields={"target": 70}, author=author, reason="", now=now
    )
    page = window.client.get(window.address("edit"))
    assert {one.field: one.chosen for one in page.context["differences"]} == {
        "purpose": "mine",
        "target": "theirs",
    }


def test_an_autosave_that_was_overtaken_says_so_and_leads_to_both_texts(
    client_of: ClientOf, author: Person, text: Proposal
) -> None:
    first, second = (Window(client_of(author), text) for _ in range(2))
    first.autosave()
    answer = second.autosave()
    assert "belum tersimpan" in answer
    assert f'formaction="{second.address("compare")}"' in answer


def test_sending_the_same_revision_twice_loses_and_asks_nothing(
    client_of: ClientOf, author: Person, text: Proposal
) -> None:
    window = Window(client_of(author), text)
    window.typed["target"] = "70"
    assert window.send("edit").url == reverse("proposals:detail", args=[text.pk])
    assert window.send("edit").url == window.address("edit")
    assert Revision.objects.count() == 2


@pytest.mark.parametrize("seed", range(12))
def test_no_interleaving_of_two_windows_loses_what_was_typed(
    client_of: ClientOf, author: Person, text: Proposal, seed: int
) -> None:
    """Two windows type, save, make revisions and join in any order.

    After each step every sentence that somebody typed is in a window still open, in the working
    copy, among what was set aside, or in the history of revisions.
    """
    dice = random.Random(seed)
    windows = [Window(client_of(author), text) for _ in range(2)]
    sentences: list[str] = []
    numbers = itertools.count(1)

    def save(window: Window, door: str) -> None:
        if door == "autosave":
            window.autosave()
            return
        answer = window.send(door)
        if answer.status_code == 200 and "kept" not in answer.context:
            assert answer.context["form"].errors  # a revision that changes nothing
            return
        if answer.status_code == 200:
            side = dice.choice(["mine", "theirs"])
            answer = window.client.post(window.address("join"), joining(window, answer, all=side))
        assert answer.status_code == 302
        window.load()

    for _step in range(25):
        window = dice.choice(windows)
        if dice.random() < 0.5:
            sentence = f"Kalimat ke-{next(numbers)}."
            field = dice.choice(["purpose", "basis", "objective"])
            # Whoever retypes a field gives up what stood there in this window, and nowhere else.
            sentences = [one for one in sentences if one not in str(window.typed[field])]
            window.typed[field] = sentence
            sentences.append(sentence)
        else:
            save(window, dice.choice(["autosave", "working-copy", "edit", "compare"]))
        kept = [str(one.typed) for one in windows]
        kept += [str(one.fields) for one in WorkingCopy.objects.all()]
        kept += [one.text for one in text.set_aside.all()]
        kept += [
            f"{one.text.purpose} {one.text.basis} {one.text.objective}"
            for one in Revision.objects.select_related("text")
        ]
        assert [one for one in sentences if not any(one in text for text in kept)] == []


def test_a_text_that_was_frozen_meanwhile_gives_back_what_was_typed(
    client_of: ClientOf, author: Person, head: Person, unit: Unit, now: datetime
) -> None:
    frozen = build_frozen(author, head, build_round(unit, now=now), now=now)
    typed = "Balita yang ditimbang di rumah karena sakit ikut dihitung."
    for name in ("edit", "working-copy"):
        url = reverse(f"proposals:{name}", args=[frozen.pk])
        response = client_of(author).post(url, {"definition": typed})
        assert response.status_code == 403
        assert typed in response.content.decode()
