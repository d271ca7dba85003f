"""Why a decision given in an earlier round stands, in its reader's words."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext, ngettext

from zabota.common import formats
from zabota.contracts.concerns import concern_name
from zabota.contracts.models import Stage
from zabota.contracts.touched import REST, WHOLE

# A longer list of clauses is read in the compared text.
MOST_NAMED = 12


@dataclass(frozen=True)
class Why:
    """Why a decision given earlier stands: in words, and which two versions compared show it."""

    words: str
    old: int
    new: int
    concern: str = ""


def why_it_stands(stage: Stage, at: datetime, language: str, *, client: bool) -> Why | None:
    """The reason kept when the round was laid; of directions a client reads nothing. None of a
    stage that stood before reasons were kept.
    """
    told = stage.standing
    if not told:
        return None
    moment = at.astimezone(timezone.get_current_timezone())
    facts = {
        "date": formats.date(moment.date(), language),
        "version": told["version"],
        "clauses": clauses_words(told["changed"], named=not client),
    }
    if told["changed"]:
        words = gettext(
            "The decision of %(date)s on version %(version)d stands: since then only"
            " %(clauses)s changed."
        )
    else:
        words = gettext(
            "The decision of %(date)s on version %(version)d stands: the text has not changed"
            " since."
        )
    whole = client or stage.concern in WHOLE | REST
    return Why(words % facts, told["version"], told["until"], "" if whole else stage.concern)


def clauses_words(changed: list[dict[str, Any]], *, named: bool) -> str:
    """«п. 4.2, 5.1 (финансы), 7.2 (юристы)»: clauses by number, direction by direction."""
    groups: dict[tuple[str, ...], list[str]] = {}
    for one in changed:
        key = tuple(one["concerns"]) if named else ()
        groups.setdefault(key, []).append(one["number"])
    parts = []
    for concerns, numbers in groups.items():
        known = [number for number in numbers if number]
        words = ", ".join(known[:MOST_NAMED])
        if len(known) > MOST_NAMED:
            more = len(known) - MOST_NAMED
            words += " " + ngettext("and %(more)d more", "and %(more)d more", more) % {"more": more}
        if words:
            words = gettext("cl. %(numbers)s") % {"numbers": words}
        if len(known) < len(numbers):
            bare = gettext("text without a number")
            words = f"{words}, {bare}" if words else bare
        names = ", ".join(concern_name(slug).lower() for slug in concerns)
        parts.append(f"{words} ({names})" if names else words)
    return ", ".join(parts)
