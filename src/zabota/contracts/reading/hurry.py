"""What we answered to «Нужно раньше», as one viewer may read who answered."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from django.db.models import Count, F
from django.utils.translation import gettext

from zabota.cases.models import Promise
from zabota.cases.moments import CONTRACT_AGREED
from zabota.common.ids import row_number
from zabota.contracts.entries import SOONER_ANSWERED
from zabota.contracts.models import Contract
from zabota.contracts.reading.texts import staff_masks
from zabota.contracts.rules import Viewer
from zabota.journal.models import Audience, Entry
from zabota.journal.reading import read_lines
from zabota.people.models import Firm


def promised_words(moment: str, words: str, *, at_stage: bool) -> str:
    """What was promised, in words that read as a promise: not as if it were done, nor as the bare
    name of a stage.
    """
    if moment == CONTRACT_AGREED:
        return gettext("Approval of the whole contract")
    if at_stage:
        return gettext("A decision at the stage “%(stage)s”") % {"stage": words}
    return words


def promise_to_hurry(contract: Contract, key: str) -> Promise | None:
    """The promise the client asks to keep sooner: of this contract, not kept yet, and theirs to
    know of.
    """
    number = row_number(key)
    if number is None:
        return None
    open_ones = Promise.objects.filter(case=contract.pk, settled_at=None, audience=Audience.BOTH)
    return open_ones.filter(pk=number).annotate(stages=Count("stage")).first()


@dataclass(frozen=True)
class HurryAnswer:
    """Our last answer to the client's request to hurry."""

    words: str
    who: str
    at: datetime


def read_hurry_answers(
    cases: Iterable[int], viewer: Viewer, firm: Firm, language: str, *, at: datetime
) -> dict[int, HurryAnswer]:
    """The last answer of each of these contracts that has one."""
    asked = list(cases)
    if not asked:
        return {}
    found = (
        Entry.objects.filter(kind=SOONER_ANSWERED.name, stream__case__in=asked)
        .annotate(contract=F("stream__case"))
        .order_by("seq")
    )
    last = {cast(Any, entry).contract: entry for entry in found}
    if not last:
        return {}
    masks = staff_masks(viewer, firm, language, gettext("our colleague"))
    lines = read_lines(last.values(), now=at, masks=masks)
    return {
        contract: HurryAnswer(str(line.entry.facts["answer"]), line.actor, line.at)
        for contract, line in zip(last, lines, strict=True)
    }
