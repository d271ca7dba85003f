"""The one access decorator of the room: who is looking, for which company."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, cast

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect

from zabota.clients.models import Client, Contact
from zabota.common.names import latin_only, person_name
from zabota.people.models import Firm, User
from zabota.people.rules import employee_of

CHOSEN = "room_contact"


@dataclass(frozen=True)
class RoomViewer:
    """A user acting as one contact; read-only when one of ours looks «глазами клиента»."""

    user: User
    contact: Contact
    contacts: tuple[Contact, ...]
    read_only: bool = False
    looking_on: bool = False

    @property
    def client(self) -> Client:
        """Whom they stand for: a company merged into another is that other one."""
        return self.contact.client.whole

    @property
    def client_ids(self) -> tuple[int, ...]:
        """All companies they may know of, with those that are one with them."""
        return tuple(sorted({pk for contact in self.contacts for pk in contact.whole_ids}))

    @property
    def whole_ids(self) -> tuple[int, ...]:
        """The company they stand for now, with those that are one with it."""
        return self.contact.whole_ids

    def stands_for(self, client_id: int) -> bool:
        """Whether this is the company they stand for, or one with it."""
        return client_id in self.contact.whole_ids

    @property
    def audiences(self) -> tuple[str, ...]:
        """One of ours who looks on never reads what is only theirs."""
        return ("both",) if self.looking_on else ("both", "theirs")

    @property
    def language(self) -> str:
        return self.user.language

    @property
    def shown_name(self) -> str:
        """How the person themselves reads their name: where this company wrote it in Russian only,
        as it was typed in Latin letters for their account, before any passport's letters.
        """
        typed = self.contact.name_en or latin_only(self.contact.name)
        own = "" if self.looking_on else self.user.name_en or latin_only(self.user.name)
        return person_name(self.contact.name, typed or own)

    def standing_for(self, client_id: int) -> "RoomViewer":
        """The same person as the contact of that company, one of `client_ids`; of several by which
        they stand for it, the one of that very card, then the one chosen.
        """
        theirs = [c for c in (self.contact, *self.contacts) if client_id in c.whole_ids]
        contact = next((c for c in theirs if c.client_id == client_id), theirs[0])
        return RoomViewer(self.user, contact, self.contacts, self.read_only, self.looking_on)


class RoomRequest(HttpRequest):
    """A request in the client's room."""

    viewer: RoomViewer
    user: User
    firm: Firm


def room_viewer(user: User, chosen: int | None) -> RoomViewer | None:
    """The contact this account acts as: the one chosen last, or the first."""
    contacts = tuple(
        Contact.objects.with_access()
        .with_whole()
        .filter(user=user)
        .select_related("client", "client__owner__user", "client__root__owner__user")
        .order_by("pk")
    )
    if not contacts:
        return None
    contact = next((c for c in contacts if c.pk == chosen), contacts[0])
    return RoomViewer(user, contact, contacts)


def _without_room(request: HttpRequest) -> HttpResponseBase:
    """Whose access has ended keeps the address of the room: `/` says how things stand."""
    if request.path == "/room/" and employee_of(request.user) is None:  # type: ignore[arg-type]
        return redirect("/")
    raise Http404


def room_page[**P](
    page: Callable[P, HttpResponseBase],
) -> Callable[..., HttpResponseBase]:
    """A page of the room: strangers sign in first, who is no contact finds nothing here."""

    @wraps(page)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path(), "/room/sign-in/")
        viewer = room_viewer(request.user, request.session.get(CHOSEN))
        if viewer is None:
            return _without_room(request)
        room = cast(RoomRequest, request)
        room.viewer = viewer
        return cast(Callable[..., HttpResponse], page)(room, *args, **kwargs)

    guarded.audience = "room"  # type: ignore[attr-defined]
    return guarded
