"""What a clause is called where its number alone does not tell it, for who hears the page."""

from collections.abc import Iterable, Iterator

from django.utils.html import escape, strip_tags
from django.utils.text import Truncator
from django.utils.translation import get_language

from zabota.common import formats
from zabota.contracts.reading.sheet.views import ClauseView
from zabota.contracts.stored import flat
from zabota.contracts.text.numbering import numbers, plain_number
from zabota.contracts.text.tree import Document
from zabota.contracts.text.words import blocks_text

LONGEST = 40
MOST_ALIKE = 100


def name_paths(views: Iterable[ClauseView]) -> None:
    """Every clause is called by its number; a lettered one also by what it belongs to; one without
    a number by its first words; where an annex counts anew, also by the annex.
    """
    above: list[ClauseView] = []
    taken: set[str] = set()
    part = ""
    for view in views:
        above = [one for one in above if one.depth < view.depth]
        path = _path(view, above[-1] if above else None)
        if path in taken:
            path = next((found for found in _longer(path, part, view) if found not in taken), path)
        view.path = path
        taken.add(path)
        above.append(view)
        if view.heading and not view.number:
            part = path


def paths_of(document: Document) -> dict[str, str]:
    """What the clauses of a text are called, by id, where no page of it is being made."""
    counted = numbers(document)
    views = [
        ClauseView(
            clause.id,
            plain_number(counted.get(clause.id, "")),
            depth,
            clause.heading,
            escape(blocks_text(clause.blocks)),
            "",
            False,
        )
        for clause, depth in flat(document)
    ]
    name_paths(views)
    return {view.id: view.path for view in views}


def _longer(path: str, part: str, view: ClauseView) -> Iterator[str]:
    if part:
        yield f"{path} ({part})"
    named = f"{path} {_quoted(_words(view))}"
    yield named
    yield from (f"{named} ({count})" for count in range(2, MOST_ALIKE))


def _quoted(words: str) -> str:
    return formats.quoted(words, get_language() or "ru")


def _words(view: ClauseView) -> str:
    return str(Truncator(" ".join(strip_tags(view.html).split())).chars(LONGEST))


def _path(view: ClauseView, parent: ClauseView | None) -> str:
    inside = parent.path if parent else ""
    if not view.number:
        words = _words(view)
        said = _quoted(words) if words else ""
        return " ".join(part for part in ("" if view.heading else inside, said) if part)
    if parent is None or not inside or view.number.startswith(f"{parent.number}."):
        return view.number
    return f"{inside}, {view.number}" if parent.number else f"{view.number} ({inside})"
