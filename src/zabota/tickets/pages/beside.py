"""What stands beside the thread and fills the answer's box: scripts, ready answers, articles."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

from zabota.common import clock
from zabota.common.ids import row_number
from zabota.common.questions import One, Question
from zabota.people.access import StaffViewer
from zabota.tickets.models import ArticleEdition, Macro, Readers
from zabota.tickets.pages.common import Place
from zabota.tickets.reading.articles import link_words, suggest_articles
from zabota.tickets.reading.macros import macro_row, ready_of, words_of_macro
from zabota.tickets.reading.scripts import Words, occasion_of, read_scripts, words_of_step
from zabota.tickets.reading.there import There

# What an address may ask to stand in the box, or to be open.
ASKED = ("say", "macro", "script", "article", "whole")


def beside(place: Place, params: Mapping[str, str], there: There) -> dict[str, Any]:
    """Scripts of this request, ready answers, articles that may fit, and the words that the address
    asks for.
    """
    viewer, at = place.viewer, clock.now()
    if not isinstance(viewer, StaffViewer):
        return {}
    opened = params.get("script", "") or params.get("say", "").partition("-")[0]
    scripts = (
        read_scripts(
            place.ticket, viewer, place.firm, at=at, opened=opened, followed=there.followed
        )
        if there.scripts or there.followed
        else []
    )
    macros = _macros(me=viewer.employee.pk) if there.macros else []
    number = row_number(params.get("macro", ""))
    macro = next((one for one in macros if one.pk == number), None)
    on = occasion_of(place.ticket, viewer, place.firm, at)
    words = words_of_step(scripts, params.get("say", "")) or Words()
    if macro is not None:
        words = words_of_macro(macro, on)
    words = _with_article(words, viewer, params, on.language)
    kept = urlencode({name: params[name] for name in ASKED if params.get(name)})
    return {
        "scripts": [one for one in scripts if one.opened or not one.may_talk],
        "closed_scripts": [one for one in scripts if one.may_talk and not one.opened],
        "ready": tuple(ready_of(one) for one in macros),
        "macro": macro_row(macro) if macro is not None else None,
        "has_articles": there.articles,
        "suggested": suggest_articles(viewer, _asked(place), place.ticket.type.slug)
        if there.articles
        else [],
        "text": words.text,
        "look_at": words,
        # The live part asks for the same words again.
        "kept": f"{kept}&" if kept else "",
    }


_macros = Question(lambda me: Macro.objects.given_by(me).offered().select_related("team"), me=One())


def _asked(place: Place) -> str:
    """What the request is about, in the client's own words."""
    return f"{place.ticket.case.title}\n{place.ticket.said}"


def _with_article(
    words: Words, viewer: StaffViewer, params: Mapping[str, str], language: str
) -> Words:
    """The words with an article below them: its address, or, where that is asked for, its text."""
    number = row_number(params.get("article", ""))
    if not number:
        return words
    readable = ArticleEdition.objects.readable_by(viewer)
    row = readable.filter(article=number, audience=Readers.BOTH).first()
    if row is None:
        return words
    added = row.text(language) if params.get("whole") else link_words(row, language)
    return replace(words, text=f"{words.text}\n\n{added}" if words.text else added)


def chosen(viewer: StaffViewer, asked: str) -> Macro | None:
    """The ready answer that is asked for by its number, if the reader has it."""
    number = row_number(asked)
    if number is None:
        return None
    macros = Macro.objects.visible_to(viewer)
    found: Macro | None = macros.select_related("team", "owner").filter(pk=number).first()
    return found
