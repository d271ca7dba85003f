"""«Действующая редакция»: a contract in force with all amendments in force laid over it in turn."""

from dataclasses import dataclass, replace
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import override

from zabota.cases.models import seen_by
from zabota.common import formats
from zabota.contracts.force import IN_FORCE
from zabota.contracts.models import Contract
from zabota.contracts.reading.texts import Chosen, display_values, version_text
from zabota.contracts.rules import Viewer
from zabota.contracts.stored import load_texts
from zabota.contracts.text.amended import Amended, Reworded, lay_over, reworded


@dataclass(frozen=True)
class Laid:
    """One amendment, in the order they came: what it is called, which clauses it words anew."""

    contract: int
    title: str
    by: str
    numbers: list[str]
    lost: list[str]


@dataclass(frozen=True)
class Current:
    """The text in force now, and what made it so."""

    chosen: Chosen
    amended: Amended
    amendments: list[Laid]


def read_current(contract: Contract, viewer: Viewer) -> Current | None:
    """None where there is no text to lay anything over; three queries whatever the amendments."""
    if contract.version is None:
        return None
    rows = list(
        Contract.objects.filter(seen_by(viewer, "case__"), parent=contract.pk, case__state=IN_FORCE)
        .exclude(version=None)
        .exclude(edition__template__kind="specification")
        .select_related("case", "version", "edition__template")
    )
    rows.sort(key=lambda row: (_dated(row), row.pk))
    chosen = version_text(contract.version)
    language = contract.edition.template.language
    texts = load_texts(*(row.version.tree for row in rows if row.version)) if rows else []
    said: list[tuple[str, Reworded]] = []
    laid: list[Laid] = []
    with override(language):
        gone = _("The clause has lost force.")
        for row, text in zip(rows, texts, strict=True):
            assert row.version is not None
            by = _by(row, language)
            found = reworded(text.document, display_values(row, row.version.values))
            said += [(by, one) for one in found]
            laid.append(Laid(row.pk, row.case.title, by, [one.number for one in found], []))
    amended = lay_over(chosen.text.document, said, gone)
    lost = [replace(one, lost=[n for by, n in amended.lost if by == one.by]) for one in laid]
    text = replace(chosen.text, document=amended.document)
    return Current(replace(chosen, text=text), amended, lost)


def _by(row: Contract, language: str) -> str:
    """«в редакции доп. соглашения № 1 от 1 февраля 2027 года», in the contract's language."""
    assert row.version is not None
    number = row.version.values.get("contract_number") or row.registered_number or row.case.number
    day = _dated(row)
    if not day:
        return _("as worded by amendment No. %(number)s") % {"number": number}
    return _("as worded by amendment No. %(number)s of %(day)s") % {
        "number": number,
        "day": formats.date(date.fromisoformat(day), language),
    }


def _dated(row: Contract) -> str:
    """The date an amendment bears; of one without, the day it was agreed."""
    written = row.version.values.get("contract_date", "") if row.version else ""
    try:
        return date.fromisoformat(written).isoformat()
    except ValueError:
        return row.agreed_at.date().isoformat() if row.agreed_at else ""
