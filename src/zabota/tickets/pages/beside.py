"""What stands beside the thread and fills the answer's box: scripts with their words."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from zabota.common import clock
from zabota.people.access import StaffViewer
from zabota.tickets.pages.common import Place
from zabota.tickets.reading.scripts import Words, read_scripts, words_of_step

# What an address may ask to stand in the box.
ASKED = ("say", "script")


def beside(place: Place, params: Mapping[str, str]) -> dict[str, Any]:
    """Scripts of this request, and the words that the address asks for."""
    viewer = place.viewer
    if not isinstance(viewer, StaffViewer):
        return {}
    opened = params.get("script", "") or params.get("say", "").partition("-")[0]
    scripts = read_scripts(place.ticket, viewer, place.firm, at=clock.now(), opened=opened)
    words = words_of_step(scripts, params.get("say", "")) or Words()
    kept = urlencode({name: params[name] for name in ASKED if params.get(name)})
    return {
        "scripts": scripts,
        "text": words.text,
        "look_at": words,
        # The live part asks for the same words again.
        "kept": f"{kept}&" if kept else "",
    }
