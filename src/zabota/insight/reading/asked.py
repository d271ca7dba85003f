"""What a reader asks a report for: a period, a cut, and whose figures they may read."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from zabota.insight.periods import Period, period_from
from zabota.insight.reading.cuts import CUTS, Cut, Key
from zabota.insight.rules import whose_figures
from zabota.people.access import StaffViewer
from zabota.people.firm import zone_of
from zabota.people.models import Firm

BEHIND = "/desk/reports/requests/"


@dataclass(frozen=True)
class Asked:
    """A question to any report."""

    period: Period
    cut: Cut
    whose: list[int] | None
    at: datetime

    def address(self, **more: str) -> str:
        """The same question in an address, with something more or instead."""
        return "?" + urlencode({**self.period.params, "by": self.cut.slug, **more})

    def behind(self, what: str, key: Key = None, *, grouped: bool = True) -> str:
        """Where the requests behind a figure are listed; of one group or of all."""
        more = {"what": what}
        if grouped:
            more["is"] = "" if key is None else str(key)
        return BEHIND + self.address(**more)


def asked_from(
    viewer: StaffViewer, params: Mapping[str, str], firm: Firm, *, at: datetime
) -> Asked:
    """What an address asks; values nobody offers mean the usual."""
    zone = zone_of(firm)
    return Asked(
        period_from(params, at.astimezone(zone).date(), zone),
        CUTS.get(params.get("by", ""), CUTS["type"]),
        whose_figures(viewer),
        at,
    )
