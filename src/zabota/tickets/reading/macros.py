"""Ready answers as they are offered beside a request."""

from dataclasses import dataclass

from django.utils.translation import get_language, gettext

from zabota.cases.saying import Occasion, fill
from zabota.tickets.models import Macro, Outcome, Priority
from zabota.tickets.reading.scripts import Words, words_of


@dataclass(frozen=True)
class MacroRow:
    """A ready answer by its name, its words in the reader's language where they are written in it
    (`tongue` is what they are in), with what is done together with them."""

    macro: Macro
    name: str
    text: str
    tongue: str
    effects: list[str]
    mine: bool


@dataclass(frozen=True)
class Ready:
    """A ready answer as one chooses it beside a request."""

    pk: int
    name: str
    mine: bool


def ready_of(macro: Macro) -> Ready:
    """As it is chosen: by its name."""
    return Ready(macro.pk, macro.name(get_language() or "ru"), macro.owner_id is not None)


def macro_row(macro: Macro) -> MacroRow:
    """A ready answer as a row of a list prints it."""
    language = get_language() or "ru"
    text, tongue = macro.text(language)
    mine = macro.owner_id is not None
    return MacroRow(macro, macro.name(language), text, tongue, effects_of(macro), mine)


def effects_of(macro: Macro) -> list[str]:
    """What is done together with the words, in words."""
    said = []
    if macro.priority:
        priority = Priority(macro.priority).label
        said.append(gettext("urgency: %(priority)s") % {"priority": priority})
    if macro.team is not None:
        team = macro.team.name(get_language() or "ru")
        said.append(gettext("for: %(team)s") % {"team": team})
    if macro.outcome:
        outcome = Outcome(macro.outcome).label
        said.append(gettext("finished: %(outcome)s") % {"outcome": outcome})
    return said


def words_of_macro(macro: Macro, on: Occasion) -> Words:
    """What it says to this very client."""
    text, tongue = macro.text(on.language)
    return words_of(fill(text, on, tongue))
