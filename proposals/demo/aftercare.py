"""Life after publication in the demo: a review date, ratings, two objections, and dead figures.

All of it is invented for the demo.
"""

from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal

from django.utils import timezone

from indicators.actions import actuals_import, rating_give
from indicators.importing.actuals import ActualRow
from indicators.models import IndicatorVersion, Publication
from indicators.record import content_of, values_of
from indicators.units import UnitTree
from proposals.actions import objection_make, proposal_submit, revision_save
from proposals.demo.figures import BASELINES
from proposals.demo.telling import Deed, World
from proposals.demo.units import TRAINING_UNIT

# Adopted long ago, so that they are to be reviewed soon.
OLDER = ("KEC-03", "KES-09", "UMU-03")

# Figures of the years before last year, by code: the nearest year first. The figure of every unit.
ALWAYS_THE_SAME = "KES-07"
ALWAYS_FULL = "RSU-01"
INSIDE_ITS_RANGE = ("64.8", "71.3", "62.9", "68.4", "66")
MOVING = "KES-08"
NEVER_REPORTED = "DUK-02"  # by month, so that three months are missed soon

RATED = "KES-07"
RATINGS = ((1, 4), (2, 4), (2, 5), (2, 3), (1, 4), (3, 4), (2, 5))  # control, burden

WAITING_OBJECTION = (
    "KES-09",
    "Penderita hipertensi yang berobat ke dokter praktik tidak tercatat pada kami, padahal ikut "
    "dihitung sebagai sasaran. Angka kami rendah karena pencatatan, bukan karena pelayanan.",
)
DISCUSSED_OBJECTION = (
    "KES-10",
    "Target dihitung dari perkiraan orang terduga yang jauh di atas jumlah yang nyata di "
    "wilayah kami, sehingga 100 persen tidak mungkin tercapai bagaimanapun kami bekerja.",
)
ASKED_FOR = Decimal(90)  # the target that its author proposes instead


def deeds(world: World) -> Iterator[Deed]:
    """What happens after the last set is published."""
    yield Deed(world.moment(12), lambda at: _rate(world))
    yield Deed(world.moment(9), lambda at: _object(world, at))


def _rate(world: World) -> None:
    staff = world.city.people[TRAINING_UNIT]
    for person, (control, burden) in zip(staff, RATINGS, strict=False):
        rating_give(actor=person, code=RATED, control=control, burden=burden)


def _object(world: World, at: datetime) -> None:
    """One waits; the other is being discussed as an amendment in the round of the city."""
    publication = Publication.objects.newest_of(world.city.units["kota"])
    code, reason = WAITING_OBJECTION
    objection_make(
        actor=world.city.person("colleague"),
        code=code,
        publication=publication,
        reason=reason,
        round_=None,
        now=at,
    )
    author = world.city.person("author")
    code, reason = DISCUSSED_OBJECTION
    _objection, proposal = objection_make(
        actor=author,
        code=code,
        publication=None,
        reason=reason,
        round_=world.rounds[False],
        now=at,
    )
    if proposal is None:
        return
    revision_save(
        actor=author,
        proposal=proposal,
        fields=values_of(content_of(proposal.record)) | {"target": ASKED_FOR},
        reason="",
        based_on=1,
        now=at,
    )
    proposal_submit(actor=author, proposal=proposal, now=at)


def earlier_figures_report(*, now: datetime) -> None:
    """What was reported of three indicators before last year: the same, always full, moving."""
    tree = UnitTree.current()
    last = timezone.localdate(now).year - 1
    versions = IndicatorVersion.objects.in_use()
    measured = {
        version.code: [
            unit for unit in sorted(tree.active) if tree.applies(version.applies_to, unit)
        ]
        for version in versions.filter(code__in=(ALWAYS_THE_SAME, ALWAYS_FULL, MOVING))
    }
    same = [
        (back, unit, BASELINES[ALWAYS_THE_SAME])
        for back in (1, 2)
        for unit in measured[ALWAYS_THE_SAME]
    ]
    full = [
        (back, unit, figure)
        for back, figure in enumerate(INSIDE_ITS_RANGE, start=1)
        for unit in measured[ALWAYS_FULL]
    ]
    moving = [
        (back, unit, str(Decimal(BASELINES[MOVING]) - back * 3 - place))
        for back in (1, 2)
        for place, unit in enumerate(measured[MOVING])
    ]
    rows = [
        ActualRow(0, unit, code, last - back, "", Decimal(figure))
        for code, figures in ((ALWAYS_THE_SAME, same), (ALWAYS_FULL, full), (MOVING, moving))
        for back, unit, figure in figures
    ]
    actuals_import(actor=None, rows=rows, now=now)
