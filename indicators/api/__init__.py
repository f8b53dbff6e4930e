"""The public API of published sets and of scoring (DESIGN 4.2)."""

from ninja import Router

from indicators.api.scores import router as scores
from indicators.api.sets import router as sets

router = Router(tags=["indicators"])
router.add_router("", sets)
router.add_router("", scores)
