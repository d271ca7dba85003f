"""What of a text was so in the earlier contract: marked beside its clauses, for both sides."""

from dataclasses import dataclass, field, replace
from typing import Any

from django.utils.translation import get_language

from zabota.cases.models import Case
from zabota.common import formats
from zabota.contracts.drafts import OpenDraft
from zabota.contracts.last_time import LastTime, as_last_time, form_changed, last_time_of, words_of
from zabota.contracts.models import Contract
from zabota.contracts.reading.sheet import Sheet
from zabota.contracts.reading.sheet.clauses import shown_text
from zabota.contracts.reading.sheet.views import Then
from zabota.contracts.rules import Viewer
from zabota.contracts.stored import load_wordings
from zabota.contracts.text.html import Shown, clause_html
from zabota.contracts.text.json import blocks_from_json
from zabota.people.firm import current_firm, zone_of


@dataclass(frozen=True)
class Before:
    """The earlier contract as it is named beside clauses; `pk` is 0 where the reader may not know
    of it. `lost` are its clauses that the form has no more: id and words.
    """

    number: str
    day: str
    agreed: bool
    pk: int
    same: frozenset[str] = frozenset()
    lost: list[tuple[str, str]] = field(default_factory=list)


def mark_last_time(
    contract: Contract, viewer: Viewer, sheet: Sheet, work: OpenDraft | None
) -> Before | None:
    """Mark what stands as it stood last time; to whoever drafts a first text, say also where the
    form has changed since. At most three queries, none without an earlier contract.
    """
    last = last_time_of(contract)
    if last is None:
        return None
    form = contract.edition.tree
    text = contract.version.tree if contract.version else form
    now = work.tree if work is not None else text
    same = as_last_time(last, form, now)
    for view in sheet.clauses:
        view.as_before = view.id in same
    first = work is not None and work.draft.base_id is None
    lost = _mark_changed(contract, sheet, last, form_changed(last, form, now)) if first else []
    seen = Case.objects.visible_to(viewer).filter(pk=last.contract.pk).exists()
    return _named(last, last.contract.pk if seen else 0, frozenset(same), lost)


def _named(last: LastTime, pk: int, same: frozenset[str], lost: list[tuple[str, str]]) -> Before:
    day = last.agreed_on(zone_of(current_firm()))
    shown = formats.short_date(day, get_language() or "ru") if day else ""
    return Before(last.number, shown, last.agreed, pk, same, lost)


def _mark_changed(
    contract: Contract, sheet: Sheet, last: LastTime, changed: dict[str, str]
) -> list[tuple[str, str]]:
    """The words of last time beside the form's new ones; what the form has no more is returned."""
    if not changed:
        return []
    wordings = load_wordings(changed.values())
    aside = replace(shown_text(contract, sheet.text, sheet.values), anchors=False)
    html = {
        clause: _html(wordings[digest], aside, clause)
        for clause, digest in changed.items()
        if digest
    }
    then, form = words_of(last.form), words_of(contract.edition.tree)
    for view in sheet.clauses:
        if view.id in changed and view.id in then and view.id in form:
            view.then = Then(html.get(view.id, ""), gone=view.id not in html)
    return [(clause, html[clause]) for clause in html if clause not in form]


def _html(blocks: list[Any], shown: Shown, clause: str) -> str:
    return clause_html(blocks_from_json(blocks), shown, clause)
