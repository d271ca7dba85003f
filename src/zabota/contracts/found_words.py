"""What was found in a returned Word file, in words for whoever has to look at it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.formats import number_format
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
    """Findings as lines, what hides from a reader first; other looks are told apart."""
    read_otherwise = [finding for finding in findings if finding.kind != "look"]
    ordered = sorted(read_otherwise, key=lambda finding: not finding.concealed)
    return [_line(finding) for finding in ordered]


def look_lines(findings: Iterable[Finding]) -> list[FoundLine]:
    """The same words in another look, each with what changed of it."""
    return [
        FoundLine(
            ", ".join(_look(code) for code in finding.old.split(",")),
            _where(finding),
            finding.clause,
            "",
            _short(finding.new),
        )
        for finding in findings
        if finding.kind == "look"
    ]


def _look(code: str) -> str:
    if code.startswith("size:"):
        old, _arrow, new = code.removeprefix("size:").partition(">")
        return _("size %(old)s → %(new)s") % {"old": _points(old), "new": _points(new)}
    return str(_LOOKS[code])


def _points(half: str) -> str:
    """A size of type as people say it; Word keeps it in half-points."""
    return number_format(int(half) / 2, 1 if int(half) % 2 else 0) if half.isdigit() else half


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
    "everywhere": gettext_lazy("In most of the text"),
}
_LOOKS: dict[str, LazyText] = {
    "bold+": gettext_lazy("bold put on"),
    "bold-": gettext_lazy("bold taken off"),
    "italic+": gettext_lazy("italic put on"),
    "italic-": gettext_lazy("italic taken off"),
    "underline+": gettext_lazy("underline put on"),
    "underline-": gettext_lazy("underline taken off"),
    "color": gettext_lazy("another colour"),
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
