"""What stands beside the thread and fills the answer's box: scripts, ready answers."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from zabota.common import clock
from zabota.common.ids import row_number
from zabota.people.access import StaffViewer
from zabota.tickets.models import Macro
from zabota.tickets.models.macros import MacroQuerySet
from zabota.tickets.pages.common import Place
from zabota.tickets.reading.macros import macro_row, words_of_macro
from zabota.tickets.reading.scripts import Words, occasion_of, read_scripts, words_of_step

# What an address may ask to stand in the box, or to be open.
ASKED = ("say", "macro", "script")


def beside(place: Place, params: Mapping[str, str]) -> dict[str, Any]:
    """Scripts of this request, ready answers, and the words that the address asks for."""
    viewer, at = place.viewer, clock.now()
    if not isinstance(viewer, StaffViewer):
        return {}
    opened = params.get("script", "") or params.get("say", "").partition("-")[0]
    scripts = read_scripts(place.ticket, viewer, place.firm, at=at, opened=opened)
    macros = list(Macro.objects.visible_to(viewer).offered().select_related("team"))
    number = row_number(params.get("macro", ""))
    macro = next((one for one in macros if one.pk == number), None)
    words = words_of_step(scripts, params.get("say", "")) or Words()
    if macro is not None:
        words = words_of_macro(macro, occasion_of(place.ticket, viewer, place.firm, at))
    kept = urlencode({name: params[name] for name in ASKED if params.get(name)})
    return {
        "scripts": scripts,
        "macros": [macro_row(one) for one in macros],
        "macro": macro_row(macro) if macro is not None else None,
        "text": words.text,
        "look_at": words,
        # The live part asks for the same words again.
        "kept": f"{kept}&" if kept else "",
    }


def chosen(macros: MacroQuerySet, asked: str) -> Macro | None:
    """The ready answer that is asked for by its number, if the reader has it."""
    number = row_number(asked)
    if number is None:
        return None
    found: Macro | None = macros.select_related("team", "owner").filter(pk=number).first()
    return found
