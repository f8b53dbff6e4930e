"""What people of the demo city say, in believable Indonesian; nobody in it exists."""

from proposals.demo.texts.agencies import AGENCY_TALES
from proposals.demo.texts.health import HEALTH_TALES
from proposals.demo.texts.tale import Tale
from proposals.demo.texts.training import TRAINING_ROWS, TRAINING_TALES

TALES: tuple[Tale, ...] = (*HEALTH_TALES, *AGENCY_TALES, *TRAINING_TALES)

__all__ = ["TALES", "TRAINING_ROWS", "Tale"]
