"""Words to a client with the client's data in them, and what is wrong with a text of that kind."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from django.utils import timezone, translation
from django.utils.translation import gettext as _

from zabota.cases.models import Case
from zabota.cases.steps import PLACES
from zabota.clients.models import ClientKind, Contact
from zabota.common import formats
from zabota.common.language.tokens import (
    CASE_NAMES,
    Filled,
    Place,
    WrongToken,
    address_of,
    check_tokens,
    fill_tokens,
)
from zabota.people.access import StaffViewer
from zabota.people.models import Firm
from zabota.people.refusal import Refused


@dataclass(frozen=True)
class Occasion:
    """Who speaks to whom, about which case; `due` is what is promised next."""

    case: Case
    contact: Contact | None
    viewer: StaffViewer
    firm: Firm
    due: datetime | None
    at: datetime
    # What stands in the places, by language, once somebody asked for it.
    told: dict[str, Mapping[str, str]] = field(default_factory=dict, compare=False, repr=False)

    @property
    def language(self) -> str:
        """The client's: of the person's account, else of the company's card."""
        user = self.contact.user if self.contact is not None else None
        return user.language if user is not None else self.case.client.language


def fill(text: str, on: Occasion, language: str) -> Filled:
    """A text of this language with what is known put in its places."""
    if language not in on.told:
        on.told[language] = _values(on, language)
    person = on.case.client.kind == ClientKind.PERSON
    places = [
        replace(one, kind="person") if person and one.key == "client.name" else one
        for one in PLACES
    ]
    return fill_tokens(text, places, on.told[language], declines=language == "ru")


def _values(on: Occasion, language: str) -> Mapping[str, str]:
    contact, employee = on.contact, on.viewer.employee
    zone = timezone.get_current_timezone()
    with translation.override(language):
        name = contact.shown_name if contact else ""
        return {
            "client.name": on.case.client.display_name,
            "person.first": address_of(name) if name else "",
            "person.name": name,
            "person.position": contact.shown_position if contact else "",
            "firm.name": on.firm.shown_name,
            "me.name": employee.name,
            "me.position": employee.position(language),
            "me.phone": formats.phone(employee.phone) if employee.phone else "",
            "case.number": on.case.number,
            "case.title": on.case.title,
            "case.due": formats.dated_when(on.due, on.at, language, zone) if on.due else "",
            "today": formats.date(on.at.astimezone(zone).date(), language),
        }


def check_text(text: str, field: str | None = None) -> None:
    """Refused with the reason, if a place in the text cannot be filled."""
    try:
        check_tokens(text, PLACES)
    except WrongToken as wrong:
        words = why_wrong(wrong).replace("%", "%%")
        raise Refused("wrong_token", words, field=field)


def why_wrong(wrong: WrongToken) -> str:
    """What is wrong with a place of a text, and what may have been meant."""
    if wrong.code == "open":
        return _("A place begins with {{ and ends with }}: one of these has no pair.")
    said = {
        "unknown": _("There is no such place: %(token)s."),
        "case": _("There is no such case: %(token)s."),
        "fixed": _("This one does not decline: %(token)s."),
    }[wrong.code] % {"token": wrong.token}
    if wrong.near:
        said += " " + _("Did you mean “%(near)s”?") % {"near": wrong.near}
    return said


def place_names(language: str) -> list[tuple[str, str]]:
    """Every place as it is written in a language, and what stands there."""
    meant = {
        "client.name": _("the client"),
        "person.first": _("how one speaks to the person: name, patronymic"),
        "person.name": _("the person’s full name"),
        "person.position": _("the person’s position"),
        "firm.name": _("our firm"),
        "me.name": _("whoever answers"),
        "me.position": _("the position of whoever answers"),
        "me.phone": _("the phone of whoever answers"),
        "case.number": _("the number of the request"),
        "case.title": _("what the request is about"),
        "case.due": _("until when the next thing is promised"),
        "today": _("today’s date"),
    }
    return [(_written(one, language), meant[one.key]) for one in PLACES]


def missing_names(keys: tuple[str, ...], language: str) -> list[str]:
    """Places that stayed blank, as the reader's language writes them."""
    return [_written(one, language) for one in PLACES if one.key in keys]


def case_names(language: str) -> list[str]:
    """The cases as a language names them."""
    return [names[0 if language == "en" else 1] for names in CASE_NAMES.values()]


def _written(place: Place, language: str) -> str:
    return place.key if language == "en" else place.ru
