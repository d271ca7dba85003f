"""What a clause is called where its number alone does not tell it, for who hears the page."""

from collections.abc import Iterable

from django.utils.html import strip_tags
from django.utils.translation import get_language

from zabota.common import formats
from zabota.contracts.reading.sheet.views import ClauseView
from zabota.contracts.text.naming import Named, named_clauses, names_of
from zabota.contracts.text.tree import Document


def name_paths(views: Iterable[ClauseView]) -> None:
    """Every clause of a page under the name the history and the papers call it by, quoted as its
    reader quotes.
    """
    views = list(views)
    told = [Named(one.number, one.depth, one.heading, strip_tags(one.html)) for one in views]
    for view, path in zip(views, names_of(told, _quoted), strict=True):
        view.path = path


def paths_of(document: Document) -> dict[str, str]:
    """What the clauses of a text are called, by id, where no page of it is being made."""
    told = named_clauses(document)
    return dict(zip(told, names_of(told.values(), _quoted), strict=True))


def _quoted(words: str) -> str:
    return formats.quoted(words, get_language() or "ru")
