"""Casting an open ballot: named, kept each time, and changeable until the poll is closed."""

from collections.abc import Mapping
from typing import cast

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from core.verdict import Refused
from people.models import Person
from voting import clock, urn
from voting.methods import InvalidBallot, Method
from voting.methods.base import Choices
from voting.models import Box, Elector, Item, OpenBallot, OpenChoice, Poll
from voting.models.open import REASON_LENGTH
from voting.rules import may_cast, second_vote
from web.markdown import render, validate


def open_ballot_cast(
    *, actor: Person, poll: Poll, choices: Mapping[str, str], reasons: Mapping[str, str]
) -> OpenBallot:
    """The actor's ballot that counts from now on; `choices` and `reasons` by the key of the item.

    Its box holds nothing and is locked as a secret one is, so that closing is a barrier here too.
    Sending what stands already changes nothing.
    Raises Refused by `rules.may_cast`, InvalidBallot with a sentence for each item at fault.
    """
    if poll.is_secret:
        raise Refused(_("Pemungutan suara ini tertutup."))
    if not actor.is_active:
        raise Refused(_("Akun Anda tidak aktif."))
    with transaction.atomic():
        elector, box = urn.place_locked(poll, actor)
        now = clock.database_now()
        may_cast(poll, elector, box_is_open=box is not None and box.is_open, now=now).require()
        elector, box = cast(Elector, elector), cast(Box, box)  # may_cast refuses without
        items = list(poll.items.all())
        wanted = chosen(poll, items, choices, reasons)
        last = OpenBallot.objects.of_elector(elector).last()
        if last is not None and wanted == last.said:
            return last
        if last is None:
            if not urn.mark(elector):
                second_vote().require()
            box.n += 1
            box.save(update_fields=["n"])
        number = last.number + 1 if last else 1
        ballot = OpenBallot.objects.create(elector=elector, number=number, cast_at=now)
        OpenChoice.objects.bulk_create(
            OpenChoice(
                ballot=ballot, item=item, choice=choice, reason=reason, reason_html=render(reason)
            )
            for item in items
            if not item.is_void
            for choice, reason in [wanted[str(item.pk)]]
        )
    return ballot


def chosen(
    poll: Poll, items: list[Item], choices: Mapping[str, str], reasons: Mapping[str, str]
) -> dict[str, tuple[str, str]]:
    """Choice and reason of each item that is not void, by its key.

    Raises InvalidBallot with a sentence for each item at fault.
    """
    keys = [str(item.pk) for item in items]
    method = poll.counting
    ballot: Choices = (None,) * len(items)
    sentences: dict[str, str] = {}
    try:
        ballot = method.read(keys, [str(item.pk) for item in items if item.is_void], choices)
    except InvalidBallot as invalid:
        sentences = invalid.sentences
    if reasons.keys() - set(keys):
        sentences[""] = _("Surat suara ini memuat butir yang bukan bagian pemungutan suara ini.")
    found = {}
    for key, choice in zip(keys, ballot, strict=True):
        reason = reasons.get(key, "").replace("\r\n", "\n").strip()
        said = choice if choice is not None else choices.get(key, "")
        if key not in sentences and (fault := _fault(method, said, reason)):
            sentences[key] = fault
        if choice is not None:
            found[key] = (choice, reason)
    if sentences:
        raise InvalidBallot(sentences)
    return found


def _fault(method: Method, choice: str, reason: str) -> str:
    """What is wrong with a reason, in a sentence; empty for nothing."""
    if reason and not method.objecting:
        return _("Surat suara ini tidak memuat alasan.")
    if method.objecting and choice == method.objecting and not reason:
        return _("Tulis alasan keberatan Anda: yang lain hanya dapat menjawab alasan.")
    if len(reason) > REASON_LENGTH:
        return _("Alasan paling banyak 2.000 karakter.")
    if "\x00" in reason:
        return _("Alasan memuat karakter yang tidak dapat disimpan.")
    try:
        validate(reason)
    except ValidationError as error:
        return str(error.messages[0])
    return ""
