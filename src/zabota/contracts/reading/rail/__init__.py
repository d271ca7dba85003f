"""«Ход согласования»: who has it, since when, how long of how long, until when."""

from zabota.contracts.reading.rail.read import preview_stage, read_rail
from zabota.contracts.reading.rail.views import Face, Rail, StageView

__all__ = ["Face", "Rail", "StageView", "preview_stage", "read_rail"]
