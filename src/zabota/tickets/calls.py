"""What a telephone exchange says of a call, read as the firm described it: no vendor is known here.

A description names, for each thing we need, where it stands in the notice: a field of a form, or a
path into JSON by dots (`call.from.number`, `calls.0.id`). JSON inside a field of a form is walked
into, too. Which words of the event mean what stands there as well.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl

from django.utils.translation import gettext_lazy as _

RINGING, ANSWERED, ENDED, MISSED = "ringing", "answered", "ended", "missed"
MEANINGS = (RINGING, ANSWERED, ENDED, MISSED)
PATH = r"^[A-Za-z0-9_@-]+(\.[A-Za-z0-9_@-]+)*$"
LARGEST = 64 * 1024


@dataclass(frozen=True)
class Described:
    """One thing the firm says about the notices: where it stands, or what words mean it."""

    label: Any
    usual: str
    needed: bool = True
    words: bool = False
    help: Any = ""


_WHERE = _("The field of the notice; in JSON a path by dots: call.from.number")
_WORDS = _("Values of the field of the event, separated by commas.")
FIELDS: dict[str, Described] = {
    "event": Described(_("Where the event stands"), "event", help=_WHERE),
    "call": Described(_("Where the number of the call stands"), "call_id"),
    "caller": Described(_("Where it says who calls"), "from"),
    "callee": Described(_("Where it says whom they call"), "to"),
    "recording": Described(_("Where the address of the recording stands"), "", needed=False),
    RINGING: Described(_("Event: it rings"), "ringing, incoming", words=True, help=_WORDS),
    ANSWERED: Described(_("Event: it was answered"), "answered", needed=False, words=True),
    ENDED: Described(_("Event: it ended"), "ended, hangup", needed=False, words=True),
    MISSED: Described(_("Event: nobody answered"), "missed, noanswer", needed=False, words=True),
}


@dataclass(frozen=True)
class Notice:
    """What a notice says: which call, what happened (`ringing`, `answered`, `ended`, `missed`; ""
    for what we need not know), who calls whom.
    """

    call: str
    meaning: str
    event: str
    caller: str
    callee: str
    recording: str


def read_notice(sent: Mapping[str, Any], description: Mapping[str, str]) -> Notice:
    """A notice as the firm described it; what is not there is empty."""
    event = _found(sent, description.get("event", ""))
    return Notice(
        call=_found(sent, description.get("call", ""))[:100],
        meaning=next((one for one in MEANINGS if _says(description.get(one), event)), ""),
        event=event,
        caller=_found(sent, description.get("caller", ""))[:40],
        callee=_found(sent, description.get("callee", ""))[:40],
        recording=_found(sent, description.get("recording", ""))[:500],
    )


def parse_notice(body: bytes, media_type: str = "") -> dict[str, Any]:
    """The fields of what was sent, as JSON or as a form; nothing of what is neither."""
    text = body[:LARGEST].decode("utf-8", "replace").strip()
    if text.startswith("{"):
        try:
            sent = json.loads(text)
        except (ValueError, RecursionError):
            return {}
        return sent if isinstance(sent, dict) else {}
    return dict(parse_qsl(text, max_num_fields=200)) if "=" in text else {}


def _found(sent: Any, path: str) -> str:
    """What stands at a path, as words."""
    here: Any = sent
    for step in path.split(".") if path else ():
        if isinstance(here, str) and here.lstrip().startswith(("{", "[")):
            try:
                here = json.loads(here)
            except (ValueError, RecursionError):
                return ""
        if isinstance(here, Mapping):
            here = here.get(step)
        elif isinstance(here, list) and step.isdecimal() and int(step) < len(here):
            here = here[int(step)]
        else:
            return ""
    plain = isinstance(here, str | int) and not isinstance(here, bool) and path
    return str(here).replace("\0", "").strip() if plain else ""


def _says(words: str | None, event: str) -> bool:
    wanted = {one.strip().casefold() for one in (words or "").split(",") if one.strip()}
    return event.casefold() in wanted
