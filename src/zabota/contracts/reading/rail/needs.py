"""How many must agree to a stage that is not settled yet, as one reader may know it."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext, ngettext

from zabota.cases.models import Holder
from zabota.contracts.models.approvals import Verdict


def needs(spec: Mapping[str, Any], of_team: Iterable[Holder] | None) -> str:
    """Said where it is not simply everyone, to whoever sees the people of the stage. Of a team one
    reads how many of those needed have agreed (`of_team` are its decisions), never how many were
    asked, nor who was of another mind. `spec` may be a route that is being typed.
    """
    seats, rule = len(spec.get("seats", ())), spec.get("rule", "all")
    typed = str(spec.get("quorum", "")).strip()
    quorum = int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < 4 else 1
    if of_team is not None:
        agreed = sum(row.outcome != Verdict.RETURNED for row in of_team)
        return _of_team({"quorum": quorum, "any": 1}.get(rule, seats), agreed)
    if rule == "quorum" and seats > 1:
        return gettext("%(need)d of %(all)d are needed") % {"need": quorum, "all": seats}
    if rule == "any" and seats > 1:
        return gettext("any one of them is enough")
    return ""


def _of_team(need: int, agreed: int) -> str:
    if need < 2:
        return ""
    if not agreed:
        words = ngettext("%(need)d approval is needed", "%(need)d approvals are needed", need)
        return words % {"need": need}
    words = ngettext(
        "%(agreed)d of %(need)d has agreed", "%(agreed)d of %(need)d have agreed", agreed
    )
    return words % {"agreed": agreed, "need": need}
