"""What `manage.py verify` asks of voting: does every poll still fit its seal and the ledger?"""

import json
from collections import Counter
from collections.abc import Iterator, Sequence

from core.canonical import canonical_bytes, sha256
from ledger.chain import Mismatch, body_bytes
from ledger.models import EventContent
from voting import kept
from voting.actions.cancelling import voided_content
from voting.actions.opening import opened_content
from voting.actions.sealing import sealed_content
from voting.methods.base import Column, Counted
from voting.models import Item, Poll
from voting.results import result_document
from voting.roll import roll_hash


def mismatches() -> Iterator[Mismatch]:
    """Every place where a poll does not fit: its roll, its items, its count, its seal, its events.

    The result is counted again from what was kept; the hashes are compared with the ledger, so
    that a seal that was written anew as a whole is found as well.
    """
    for poll in Poll.objects.select_related("scope", "seal").order_by("opened_at", "pk"):
        yield from _of_opening(poll)
        if poll.state == Poll.State.SEALED:
            yield from _of_seal(poll)
        if poll.state == Poll.State.VOID:
            yield from _against_ledger(poll, "poll.voided", voided_content(poll))


def _of_opening(poll: Poll) -> Iterator[Mismatch]:
    place = f"poll {poll.pk}"
    people = list(poll.electors.values_list("person_id", flat=True))
    if len(people) != poll.roll_size or roll_hash(people) != poll.roll_hash:
        yield Mismatch(place, "daftar pemilih tetap berubah sejak dibuka")
    yield from _against_ledger(poll, "poll.opened", opened_content(poll, list(poll.items.all())))


def _of_seal(poll: Poll) -> Iterator[Mismatch]:
    place = f"poll {poll.pk}"
    seal = getattr(poll, "seal", None)
    if seal is None:
        yield Mismatch(place, "segel hilang")
        return
    items = list(poll.items.all())
    columns = kept.columns_kept(poll, items)
    codes = kept.codes_kept(poll)
    ballots = list(poll.ballots.order_by("code").values_list("code", "choices"))
    turnout = poll.electors.voted().count()
    if sha256(seal.result.encode()) != seal.result_hash:
        yield Mismatch(place, "hasil tidak sesuai sidik jarinya")
    yield from _of_count(poll, items, columns, turnout)
    if turnout != json.loads(seal.result)["turnout"]:
        yield Mismatch(place, "jumlah tanda memilih tidak sesuai hasil")
    named = kept.named_ballots(poll)
    yield from _of_names(poll, items, columns, named)
    coded = (Poll.Mode.COLUMNS, Poll.Mode.BALLOTS)
    if poll.publication_mode in coded and len(codes) != turnout:
        yield Mismatch(place, "jumlah kode tanda terima tidak sama dengan jumlah tanda memilih")
    document = kept.ballots_document(items, columns, ballots, named)
    if kept.ballots_hash(seal.nonce, document) != seal.ballots_hash:
        yield Mismatch(place, "suara yang disimpan tidak sesuai sidik jarinya")
    if kept.receipts_hash(codes) != seal.receipts_hash:
        yield Mismatch(place, "kode tanda terima tidak sesuai sidik jarinya")
    if seal.roll_hash != poll.roll_hash:
        yield Mismatch(place, "sidik jari daftar pemilih tetap pada segel berbeda")
    yield from _against_ledger(poll, "poll.sealed", sealed_content(seal))


def _of_names(
    poll: Poll,
    items: Sequence[Item],
    columns: Sequence[Column],
    named: Sequence[kept.NamedBallot],
) -> Iterator[Mismatch]:
    """Open ballots: those who are marked gave one, the last ones are counted, none is missing."""
    if poll.is_secret:
        return
    place = f"poll {poll.pk}"
    last = kept.last_of_each(named)
    if last.keys() != set(poll.electors.voted().values_list("person_id", flat=True)):
        yield Mismatch(place, "surat suara terbuka tidak sesuai tanda memilih")
    if sum(ballot.number for ballot in last.values()) != len(named):
        yield Mismatch(place, "riwayat surat suara terbuka tidak utuh")
    try:
        held = Counter(kept.choices_of(ballot, items) for ballot in last.values())
    except KeyError:
        yield Mismatch(place, "surat suara terbuka tidak menjawab semua butir")
    else:
        if not _is_counted_as(poll, held.items(), columns):
            yield Mismatch(place, "jumlah per butir tidak sesuai surat suara terbuka")


def _is_counted_as(poll: Poll, ballots: Counted, columns: Sequence[Column]) -> bool:
    again: list[dict[str, int]] = [{} for _column in columns]
    for index, choice, number in poll.counting.columns(ballots):
        again[index][choice] = number
    return again == list(columns)


def _of_count(
    poll: Poll, items: Sequence[Item], columns: Sequence[Column], turnout: int
) -> Iterator[Mismatch]:
    """The recount: from whole ballots to columns where they are published, from columns always."""
    place = f"poll {poll.pk}"
    for item, column in zip(items, columns, strict=True):
        counted = poll.counting.ballots_in(column)
        if not item.is_void and counted is not None and counted != turnout:
            yield Mismatch(
                f"{place} item {item.position}",
                "jumlah suara tidak sama dengan jumlah tanda memilih",
            )
    has_ballots = poll.publication_mode == Poll.Mode.BALLOTS
    if has_ballots and not _is_counted_as(poll, poll.ballots.counted(), columns):
        yield Mismatch(place, "jumlah per butir tidak sesuai surat suara")
    try:
        result = canonical_bytes(result_document(poll, items, columns, turnout=turnout))
    except ValueError as error:
        yield Mismatch(place, f"suara tidak dapat dihitung: {error}")
    else:
        if result != poll.seal.result.encode():
            yield Mismatch(place, "hitung ulang tidak sama dengan hasil yang disegel")


def _against_ledger(poll: Poll, action: str, content: dict[str, object]) -> Iterator[Mismatch]:
    """Whether the event says the same; an erased content is the ledger's own matter."""
    place = f"poll {poll.pk}"
    found = EventContent.objects.filter(
        event__action=action, event__subject=f"voting.poll:{poll.pk}"
    )
    bodies = list(found.values_list("body", flat=True))
    if not bodies:
        yield Mismatch(place, f"peristiwa {action} tidak ada dalam jejak audit")
    elif any(body.encode() != body_bytes(content) for body in bodies):
        yield Mismatch(place, f"tidak sesuai peristiwa {action} dalam jejak audit")
