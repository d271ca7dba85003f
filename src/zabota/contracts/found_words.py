"""What was found in a returned Word file, in words for whoever has to look at it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.functional import Promise as LazyText
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zabota.contracts.docx.untracked import Finding
from zabota.contracts.docx.untracked.letters import UNSEEN, strangers

LONGEST = 300


@dataclass(frozen=True)
class FoundLine:
    """One finding as a line: what it is, where, which words; `clause` is what it links to."""

    title: str
    where: str
    clause: str
    old: str
    new: str
    note: str = ""


@dataclass(frozen=True)
class Reviser:
    """Who recorded changes of a clause in Word, and when last (where the file says it)."""

    name: str
    at: datetime | None


def found_lines(findings: Iterable[Finding]) -> list[FoundLine]:
    """Findings as lines, what hides from a reader first."""
    ordered = sorted(findings, key=lambda finding: not finding.concealed)
    return [_line(finding) for finding in ordered]


def kept_findings(told: Iterable[dict[str, Any]]) -> list[Finding]:
    """Findings as they are kept with a version."""
    return [Finding(**one) for one in told]


def revisers_told(told: Iterable[Iterable[str]]) -> list[Reviser]:
    """Names and moments as they are kept with a version."""
    found = []
    for name, moment in told:
        at = datetime.fromisoformat(moment) if moment else None
        found.append(Reviser(name or _("author unknown"), at))
    return found


def _line(finding: Finding) -> FoundLine:
    new, note = finding.new, ""
    if finding.kind == "lookalike":
        note = ", ".join(
            _alphabet(letter) % {"letter": letter} for letter in strangers(finding.old, new)
        )
    if finding.kind == "object":
        return FoundLine(str(_TITLES["object"]), _where(finding), finding.clause, "", "")
    return FoundLine(
        str(_TITLES[finding.kind]),
        _where(finding),
        finding.clause if finding.where == "body" else "",
        _short(finding.old),
        _short(UNSEEN.sub(lambda match: f"[U+{ord(match[0]):04X}]", new)),
        note,
    )


def _alphabet(letter: str) -> str:
    if "\u0370" <= letter <= "\u03ff":
        return _("“%(letter)s” is a Greek letter")
    if "\u0400" <= letter <= "\u04ff":
        return _("“%(letter)s” is a Cyrillic letter")
    return _("“%(letter)s” is a Latin letter")


def _where(finding: Finding) -> str:
    if finding.where != "body":
        return str(_PLACES[finding.where])
    if finding.number:
        return _("Clause %(number)s") % {"number": finding.number}
    return _("A clause without a number")


def _short(words: str) -> str:
    return words if len(words) <= LONGEST else f"{words[:LONGEST]}…"


_PLACES: dict[str, LazyText] = {
    "header": gettext_lazy("Header of the page"),
    "footer": gettext_lazy("Footer of the page"),
    "elsewhere": gettext_lazy("Outside the clauses"),
}
_TITLES: dict[str, LazyText] = {
    "words": gettext_lazy("Words changed without a record"),
    "digits": gettext_lazy("A number changed without a record"),
    "lookalike": gettext_lazy("Letters of another alphabet that look the same"),
    "invisible": gettext_lazy("Characters that are not seen"),
    "added": gettext_lazy("A clause put in without a record"),
    "deleted": gettext_lazy("A clause taken out without a record"),
    "moved": gettext_lazy("A clause moved without a record"),
    "number": gettext_lazy("Numbering changed"),
    "typed_number": gettext_lazy("A number typed by hand in place of a counted one"),
    "object": gettext_lazy("A picture or another object put in or taken out without a record"),
    "hidden": gettext_lazy("Hidden text"),
    "white": gettext_lazy("Text in the colour of its background"),
    "tiny": gettext_lazy("Text too small to be read"),
    "reversed": gettext_lazy("Text whose direction is turned"),
}
