"""Sealing: the boxes are merged into the result, deleted, and their key destroyed.

Then, apart and repeatable, the scrub: what the database still holds of the boxes' rows goes.
"""

import secrets
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from cryptography.fernet import InvalidToken
from django.db import connection, transaction

from core.canonical import canonical_bytes, sha256
from ledger.actions import event_record
from voting import boxes, clock, kept
from voting.methods.base import Choices
from voting.models import Ballot, Box, ChoiceCount, Elector, Item, Poll, ReceiptCode, Seal
from voting.results import result_document

_BATCH = 2000


class BoxesDisagree(Exception):
    """The boxes and the roll do not fit each other; the message says where, never what lies in."""


@dataclass
class Merged:
    """All boxes of a poll, poured together: nothing of box or order is left."""

    ballots: Counter[Choices] = field(default_factory=Counter)
    coded: list[tuple[str, Choices]] = field(default_factory=list)  # mode B alone
    named: list[kept.NamedBallot] = field(default_factory=list)  # of an open poll alone
    codes: list[str] = field(default_factory=list)


def poll_seal(*, poll: Poll) -> Poll:
    """The poll, sealed; one that is not closed, or sealed already, is returned as it is.

    In one new transaction the boxes become the result's tables and are deleted; after its commit
    the key is destroyed. Where boxes and roll do not fit, the poll is *disputed* instead, with its
    boxes and its key kept for whoever examines it: nothing is set right silently.
    Raises FileNotFoundError on a host without the key (the poll stays closed, to be sealed where
    the key is), RuntimeError inside a transaction.
    """
    sealed = _seal(poll)
    if sealed.state == Poll.State.SEALED:
        boxes.key_destroy(sealed.pk)
    return sealed


@transaction.atomic(durable=True)
def _seal(poll: Poll) -> Poll:
    current = Poll.objects.select_for_update(of=("self",)).get(pk=poll.pk)
    if current.state != Poll.State.CLOSED:
        return current
    items = list(current.items.all())
    key = boxes.key_read(current.pk) if current.is_secret else None
    now = clock.database_now()
    try:
        merged = _merge(current, items, key) if key else _gathered(current, items)
    except BoxesDisagree as difference:
        current.state = Poll.State.DISPUTED
        current.save(update_fields=["state"])
        _record(current, "poll.disputed", {"difference": str(difference)}, now)
        return current
    seal = _keep(current, items, merged, now)
    Elector.objects.filter(poll=current).update(box=None)  # rewrites every row: no order stays
    Box.objects.filter(poll=current).delete()
    current.state = Poll.State.SEALED
    current.save(update_fields=["state"])
    _record(current, "poll.sealed", sealed_content(seal), now)
    return current


def sealed_content(seal: Seal) -> dict[str, object]:
    """What the ledger keeps of a seal."""
    return {
        "result_hash": seal.result_hash,
        "ballots_hash": seal.ballots_hash,
        "receipts_hash": seal.receipts_hash,
        "roll_hash": seal.roll_hash,
    }


def _merge(poll: Poll, items: Sequence[Item], key: bytes) -> Merged:
    merged = Merged()
    void = [place for place, item in enumerate(items) if item.is_void]
    marks = Counter(poll.electors.voted().values_list("box", flat=True))
    for box in Box.objects.filter(poll=poll).order_by("number").iterator(20):
        try:
            content = boxes.BoxContent.unlock(box.content, key)
        except InvalidToken as error:
            raise BoxesDisagree(f"box {box.number} was changed from outside") from error
        if not len(content.ballots) == len(content.codes) == box.n == marks[box.pk]:
            raise BoxesDisagree(
                f"box {box.number}: {len(content.ballots)} ballots, {len(content.codes)} codes, "
                f"{box.n} counted, {marks[box.pk]} marks"
            )
        merged.codes += content.receipts
        for packed in content.ballots:
            choices, code = _unpacked(poll, packed, box.number)
            choices = _checked(poll, items, choices, void, box.number)
            merged.ballots[choices] += 1
            if code:
                merged.coded.append((code, choices))
    if len(set(merged.codes)) != len(merged.codes):
        raise BoxesDisagree("a receipt code occurs twice")
    merged.codes.sort()
    merged.coded.sort()
    return merged


def _gathered(poll: Poll, items: Sequence[Item]) -> Merged:
    """The open ballots of a poll, of which each elector's last one counts."""
    merged = Merged(named=kept.named_ballots(poll))
    marks = set(poll.electors.voted().values_list("person_id", flat=True))
    last = kept.last_of_each(merged.named)
    if marks != last.keys():
        raise BoxesDisagree(f"{len(last)} electors with an open ballot, {len(marks)} marks")
    for ballot in last.values():
        try:
            merged.ballots[kept.choices_of(ballot, items)] += 1
        except KeyError as error:
            raise BoxesDisagree("an open ballot without an answer") from error
    return merged


def _unpacked(poll: Poll, packed: bytes, number: int) -> tuple[Choices, str]:
    has_code = poll.publication_mode == Poll.Mode.BALLOTS
    try:
        return boxes.ballot_read(poll.counting, packed, has_code=has_code)
    except ValueError as error:
        raise BoxesDisagree(f"box {number} holds a ballot that cannot be read") from error


def _checked(
    poll: Poll, items: Sequence[Item], choices: Choices, void: Sequence[int], number: int
) -> Choices:
    """A stored ballot, valid still, with what it says about void items left out."""
    if len(choices) != len(items):
        raise BoxesDisagree(f"box {number} holds a ballot of another poll")
    left = [None if place in void else choice for place, choice in enumerate(choices)]
    try:
        for choice in left:
            if choice is not None:
                poll.counting.choice(choice)
    except ValueError as error:
        raise BoxesDisagree(f"box {number} holds a ballot that cannot be counted") from error
    if sum(choice is None for choice in left) != len(void):
        raise BoxesDisagree(f"box {number} holds a ballot without an answer")
    return tuple(left)


def _keep(poll: Poll, items: Sequence[Item], merged: Merged, now: datetime) -> Seal:
    counts = [
        ChoiceCount(item=items[place], choice=choice, ballots=ballots)
        for place, choice, ballots in poll.counting.columns(merged.ballots.items())
    ]
    ChoiceCount.objects.bulk_create(counts, batch_size=_BATCH)
    mode = poll.publication_mode
    if mode == Poll.Mode.COLUMNS:
        ReceiptCode.objects.bulk_create(
            (ReceiptCode(poll=poll, code=code) for code in merged.codes), batch_size=_BATCH
        )
    if mode == Poll.Mode.BALLOTS:
        Ballot.objects.bulk_create(
            (Ballot(poll=poll, code=code, choices=list(held)) for code, held in merged.coded),
            batch_size=_BATCH,
        )
    columns = kept.columns_kept(poll, items)
    turnout = merged.ballots.total()
    result = canonical_bytes(result_document(poll, items, columns, turnout=turnout))
    nonce = secrets.token_hex(32)
    return Seal.objects.create(
        poll=poll,
        result=result.decode(),
        result_hash=sha256(result),
        ballots_hash=kept.ballots_hash(
            nonce, kept.ballots_document(items, columns, merged.coded, merged.named)
        ),
        receipts_hash=kept.receipts_hash(kept.codes_kept(poll)),
        roll_hash=poll.roll_hash,
        nonce=nonce,
        sealed_at=now,
    )


def poll_scrub() -> list[Poll]:
    """The polls, sealed or cancelled, whose remains this call scrubbed from the database's files.

    SQLite: VACUUM, and the write-ahead log cut to nothing. PostgreSQL: VACUUM FULL of the boxes
    (which nobody casts into at that moment), VACUUM of the roll. Standby servers and backups are
    beyond its reach: there the destroyed key protects. Nothing to scrub, nothing done.
    Raises RuntimeError inside a transaction, OperationalError where the database is too busy:
    try again.
    """
    if connection.in_atomic_block:
        raise RuntimeError("a database is scrubbed outside of transactions")
    waiting = [
        *Seal.objects.filter(scrubbed_at__isnull=True).values_list("pk", flat=True),
        *Poll.objects.cancelled_with_remains().values_list("pk", flat=True),
    ]
    if not waiting or not _vacuum():
        return []
    with transaction.atomic():
        cancelled = list(
            Poll.objects.cancelled_with_remains()
            .select_for_update(of=("self",))
            .filter(pk__in=waiting)
        )
        seals = Seal.objects.select_for_update(of=("self",)).select_related("poll")
        sealed = list(seals.filter(pk__in=waiting, scrubbed_at__isnull=True))
        now = clock.database_now()
        for poll in cancelled:
            poll.scrubbed_at = max(now, poll.closed_at or now)
            poll.save(update_fields=["scrubbed_at"])
        for seal in sealed:
            seal.scrubbed_at = max(now, seal.sealed_at)
            seal.save(update_fields=["scrubbed_at"])
        done = [*cancelled, *(seal.poll for seal in sealed)]
        for poll in done:
            _record(poll, "poll.scrubbed", {"engine": connection.vendor}, now)
    return done


def _vacuum() -> bool:
    """Rewrite what held the boxes; whether it was done whole."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(f"VACUUM (FULL) {connection.ops.quote_name(Box._meta.db_table)}")
            cursor.execute(f"VACUUM {connection.ops.quote_name(Elector._meta.db_table)}")
            return True
        cursor.execute("VACUUM")
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        busy, _pages, _moved = cursor.fetchone()
        return not busy


def _record(poll: Poll, action: str, content: dict[str, object], now: datetime) -> None:
    event_record(
        actor=None, action=action, subject=f"voting.poll:{poll.pk}", content=content, now=now
    )
