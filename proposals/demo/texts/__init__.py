"""What people of the demo city say, in believable Indonesian; nobody in it exists."""

from proposals.demo.texts.health import HEALTH_TALES
from proposals.demo.texts.hospital import HOSPITAL_TALES
from proposals.demo.texts.offices import OFFICE_TALES
from proposals.demo.texts.puskesmas import PUSKESMAS_ASKED, PUSKESMAS_ROWS, PUSKESMAS_TALES
from proposals.demo.texts.registry import REGISTRY_TALES
from proposals.demo.texts.schools import SCHOOL_TALES
from proposals.demo.texts.tale import Tale
from proposals.demo.texts.training import TRAINING_ROWS, TRAINING_TALES

TALES: tuple[Tale, ...] = (
    *HEALTH_TALES,
    *HOSPITAL_TALES,
    *SCHOOL_TALES,
    *REGISTRY_TALES,
    *OFFICE_TALES,
    *TRAINING_TALES,
    *PUSKESMAS_TALES,
)
ASKED = PUSKESMAS_ASKED
OWN_ROWS = (*TRAINING_ROWS, *PUSKESMAS_ROWS)

__all__ = ["ASKED", "OWN_ROWS", "TALES", "Tale"]
