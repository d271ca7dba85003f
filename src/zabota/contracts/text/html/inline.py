"""Runs as HTML: words under their marks, and what a reader sees in place of tokens."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from html import escape

from zabota.contracts.text.html.shown import Shown
from zabota.contracts.text.tree import Break, Field, Kept, Mark, Reference, Run, Text

TAGS: dict[Mark, str] = {
    "bold": "b",
    "italic": "i",
    "underline": "u",
    "sub": "sub",
    "sup": "sup",
    "strike": "s",
}
_UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufdd0-\ufdef\ufffe\uffff\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Eye:
    """One reader of one version: what it shows, with the numbers of the notes around."""

    shown: Shown
    notes: Mapping[str, str]
    clause_id: str = ""

    def label_at(self, place: int) -> str:
        """The number inside the clause that stands at a place."""
        return self.shown.paragraphs.get((self.clause_id, place), "")

    def value(self, name: str) -> str:
        """The value of a field, or "" where there is none."""
        return self.shown.values.get(name, "")

    def label(self, name: str) -> str:
        """What stands in an empty place."""
        return self.shown.labels.get(name, name)

    def number(self, reference: Reference) -> str:
        """The number a reference shows; a dash when what it means is gone."""
        source = self.notes if reference.kind == "note" else self.shown.numbers
        return source.get(reference.target) or "—"


def safe(text: str) -> str:
    """Text for HTML: special characters escaped, those no page can hold replaced by a sign."""
    return escape(_UNSEEN.sub("\ufffd", text)).replace("\r", "&#13;")


def label_html(inside: str) -> str:
    """The number of a paragraph inside a clause, the space after it included."""
    return f'<span class="label">{inside}</span>' if inside else ""


def lines(text: str) -> str:
    """A value of several lines with its line breaks."""
    return "<br>".join(safe(line) for line in re.split("\r\n|[\r\n]", text))


def runs_html(runs: Iterable[Run], eye: Eye) -> str:
    """Runs as one reader sees them."""
    return "".join(run_html(run, eye) for run in runs)


def run_html(run: Run, eye: Eye) -> str:
    """One run as one reader sees it."""
    match run:
        case Text(text=text, marks=marks):
            return marked(safe(text), marks)
        case Field(name=name, marks=marks):
            return marked(field_html(name, field_text(name, eye), not eye.value(name)), marks)
        case Reference(marks=marks):
            number = safe(eye.number(run))
            return marked(reference_html(run, number, eye, called=True), marks)
        case Break(kind="line"):
            return "<br>"
        case Break(kind=kind):
            return '<span class="tab">\t</span>' if kind == "tab" else '<span class="page"></span>'
        case Kept(kind=kind, words=words):
            shown = safe(words or eye.label(f"!{kind}"))
            return f'<span class="kept" data-kind="{safe(kind)}">{shown}</span>'


def marked(html: str, marks: Iterable[Mark]) -> str:
    """HTML under its marks."""
    tags = [TAGS[mark] for mark in marks]
    opened = "".join(f"<{tag}>" for tag in tags)
    return opened + html + "".join(f"</{tag}>" for tag in reversed(tags))


def field_text(name: str, eye: Eye) -> str:
    """The inside of a field: its value, else its label."""
    value = eye.value(name)
    return lines(value) if value else safe(eye.label(name))


def field_html(name: str, inside: str, empty: bool) -> str:
    """A place for a value, named so that a page may fill it live."""
    kind = "field blank" if empty else "field"
    return f'<span class="{kind}" data-field="{safe(name)}">{inside}</span>'


def reference_html(run: Reference, inside: str, eye: Eye, *, called: bool) -> str:
    """A link to a clause or a note; one that goes nowhere, or that is deleted, is no link."""
    if run.kind == "note":
        href = f' href="#n-{safe(run.target)}"' if called and eye.shown.anchors else ""
        return f'<sup class="note"><a{href}>{inside}</a></sup>'
    known = run.target in eye.shown.numbers
    href = f' href="#c-{safe(run.target)}"' if called and known else ""
    kind = "ref" if known else "ref lost"
    return f'<a class="{kind}"{href}>{inside}</a>'
