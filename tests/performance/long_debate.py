"""What a page with 1,000 comments and 60 revisions costs over one with 10, side by side.

    MARTAHI_DEBUG=true .venv/bin/python -m tests.performance.long_debate

Both proposals are written into the database of DATABASE_URL or var/, which `manage.py demo
--no-serve` has filled: give a scratch one. Each request of the long page is paired with one of the
short page just before it; the ratio is the median of the pairs' ratios. Nothing is asserted.
"""

import argparse
import os
from datetime import timedelta
from statistics import median
from uuid import UUID, uuid4

import django

from tests.performance.measure import Reader, server


def debate(comments: int, revisions: int) -> UUID:
    """A proposal under discussion with so many comments, pinned to its revisions in turn."""
    from django.utils import timezone

    from people.models import Person
    from proposals import actions
    from proposals.models import Comment, Proposal, Round
    from tests.indicators.builders import record_content

    now = timezone.now()
    round_ = Round.objects.open_at(now).latest("closes_at")
    staff = list(Person.objects.active().working_in(round_.scope)[:12])
    proposal = actions.proposal_create(
        actor=staff[0],
        round_=round_,
        kind=Proposal.Kind.NEW,
        amends=None,
        fields=record_content(),
        submission=uuid4(),
        now=now,
    )
    actions.proposal_submit(actor=staff[0], proposal=proposal, now=now)
    for number in range(1, revisions):
        actions.revision_save(
            actor=staff[0],
            proposal=proposal,
            fields={"target": 10 + number},
            reason="Setelah tanggapan rekan.",
            based_on=number,
            now=now,
        )
    pinned = list(proposal.revisions.order_by("number"))
    words = "Sasaran ini belum sesuai dengan wilayah kerja kami di pegunungan. " * 4
    roots = [
        Comment(
            proposal=proposal,
            revision=pinned[place % revisions],
            field="target" if place % 2 else "",
            kind=Comment.Kind.OBJECTION,
            author=staff[1 + place % (len(staff) - 1)],
            body=words,
            body_html=f"<p>{words}</p>",
            needs_answer=True,
            created_at=now + timedelta(seconds=place),
        )
        for place in range(comments // 2)
    ]
    replies = [
        Comment(
            proposal=proposal,
            revision=root.revision,
            kind=Comment.Kind.REPLY,
            parent=root,
            author=staff[2],
            body="Terima kasih.",
            body_html="<p>Terima kasih.</p>",
            created_at=root.created_at + timedelta(seconds=1),
        )
        for root in roots
    ]
    Comment.objects.bulk_create([*roots, *replies])
    return proposal.pk


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--pairs", type=int, default=100)
    parser.add_argument("--short", type=int, default=10, help="comments of the short page")
    parser.add_argument("--nip", default="199207232019032994")
    parser.add_argument("--password", default="martahi-demo")
    chosen = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    short, long = (f"/proposals/{key}/" for key in (debate(chosen.short, 2), debate(1_000, 60)))
    with server() as port:
        reader = Reader(port)
        reader.sign_in(chosen.nip, chosen.password)
        pairs = []
        for turn in range(chosen.pairs + 10):
            (before, status, _), (after, other_status, _) = reader.ask(short), reader.ask(long)
            assert (status, other_status) == (200, 200), (status, other_status)
            if turn >= 10:  # the first ones warm up
                pairs.append((before, after))
    print(f"{chosen.pairs} pairs; milliseconds, medians")
    print(f"{chosen.short} comments, 2 revisions      {median(one for one, _ in pairs):7.1f}")
    print(f"1,000 comments, 60 revisions  {median(two for _, two in pairs):7.1f}")
    print(f"ratio                         {median(two / one for one, two in pairs):7.2f}")


if __name__ == "__main__":
    main()
