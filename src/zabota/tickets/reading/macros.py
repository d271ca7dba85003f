"""Ready answers as they are offered beside a request."""

from dataclasses import dataclass

from django.utils.translation import get_language, gettext

from zabota.cases.saying import Occasion, fill
from zabota.tickets.models import Macro, Outcome, Priority
from zabota.tickets.reading.scripts import Words, words_of


@dataclass(frozen=True)
class MacroRow:
    """A ready answer by its name, with what is done together with it."""

    macro: Macro
    name: str
    effects: list[str]
    mine: bool


def macro_row(macro: Macro) -> MacroRow:
    """A ready answer as a row of a list prints it."""
    language = get_language() or "ru"
    return MacroRow(macro, macro.name(language), effects_of(macro), macro.owner_id is not None)


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
