"""The list of clients, one client, adding and changing it."""

from typing import Any

from django.db.models import QuerySet, prefetch_related_objects
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_http_methods

from zabota.clients import actions
from zabota.clients.actions.clients import ClientFields
from zabota.clients.beside import beside_client
from zabota.clients.finding import find_clients
from zabota.clients.forms import FOR_CONTRACTS, GROUPS, ClientForm, as_typed
from zabota.clients.models import Client, Contact, ContactPoint, Merging
from zabota.clients.reading import read_purchases, same_as
from zabota.clients.rules import (
    may_add_clients,
    may_change_client,
    may_manage_contacts,
    may_merge_clients,
)
from zabota.common import clock
from zabota.common.names import detail
from zabota.common.questions import Numbers, One, Question
from zabota.journal.models import Entry
from zabota.journal.reading import read_lines
from zabota.people.access import StaffRequest, staff_page
from zabota.people.firm import DETAIL_WORDS, DETAILS
from zabota.people.forms.firm import DETAIL_NAMES
from zabota.people.pages import folded, form_page, grouped, page_by_key, tried, typed
from zabota.people.rules import demand

HISTORY = 30
# Told on top of the card and beside it.
BESIDE = ("short_name", "inn", "phone", "email")


@require_GET
@staff_page
def client_list(request: StaffRequest) -> HttpResponse:
    """Everybody we do things for, by name; found by words, numbers and their people."""
    search = request.GET.get("q", "").strip()[:200]
    mine = request.GET.get("mine") == "1"
    rows = Client.objects.visible_to(request.viewer).select_related("owner__user", "owner__photo")
    refused = request.GET.get("refused") == "1"
    rows = rows.filter(refused_at__isnull=not refused)
    rows = find_clients(rows, search)
    if mine:
        rows = rows.filter(owner=request.viewer.employee)
    context = {
        "page": page_by_key(request, rows, "search"),
        "search": search,
        "mine": mine,
        "refused": refused,
        "may_add": may_add_clients(request.user, clock.now()),
        "may_merge": may_merge_clients(request.user, clock.now()),
    }
    return render(request, "clients/desk/client_list.html", context)


@require_GET
@staff_page
def client(request: StaffRequest, pk: int) -> HttpResponse:
    """Who they are, on the first line; their people and who of them may do what in the room."""
    at = clock.now()
    found = _seen_by(request).filter(pk=pk).first()
    if found is None:
        merged = get_object_or_404(Client.objects.filter(root__isnull=False), pk=pk)
        return redirect("client", merged.whole_id)
    mergings = read_mergings(found)
    contacts = _contacts(pk=pk)
    prefetch_related_objects(contacts, "points")
    entries = _told(streams=[found.stream_id, *(one.client.stream_id for one in mergings)])
    may_merge = may_merge_clients(request.user, at)
    context = {
        "client": found,
        "contacts": [(contact, reached_by(contact)) for contact in contacts],
        "details": read_details(found, request.viewer.language),
        "mergings": mergings,
        "purchases": read_purchases(found),
        "alike": same_as(found, [one.client_id for one in mergings]) if may_merge else [],
        "may_merge": may_merge,
        "beside": beside_client(found, request.viewer),
        "lines": read_lines(entries, now=at),
        "may_change": may_change_client(request.user, found, at),
        "may_manage": may_manage_contacts(request.user, found, at),
        "may_erase": may_add_clients(request.user, at),
    }
    return render(request, "clients/desk/client.html", context)


def reached_by(contact: Contact) -> list[ContactPoint]:
    """How a person is reached now, what is tried first before the others."""
    points = [point for point in contact.points.all() if point.removed_at is None]
    return sorted(points, key=lambda point: (not point.preferred, point.kind, point.pk))


def read_mergings(found: Client) -> list[Merging]:
    """What was merged into a client and still is, with who said so and why."""
    return _mergings(root=found.pk)


_contacts = Question(
    lambda pk: (
        Contact.objects.of_whole(pk)
        .filter(removed_at=None)
        .select_related("user")
        .order_by("name", "pk")
    ),
    pk=One(),
)
_mergings = Question(
    lambda root: (
        Merging.objects.filter(undone_at=None, client__root=root)
        .select_related("client", "into", "by")
        .order_by("-at", "-pk")
    ),
    root=One(),
)
_told = Question(
    lambda streams: (
        Entry.objects.filter(stream__in=streams)
        .exclude(audience="theirs")
        .order_by("-at", "-pk")[:HISTORY]
    ),
    streams=Numbers(8),
)


def read_details(found: Client, language: str) -> list[tuple[Any, str, str]]:
    """The card's details for contracts, those that are known: label, words for this reader, the
    same in the other language.
    """
    rows = []
    for name in DETAILS:
        own = getattr(found, name)
        english = getattr(found, f"{name}_en") if name in DETAIL_WORDS else ""
        here = detail(own, english, language)
        other = own if here == english else english
        if here and name not in BESIDE:
            rows.append((DETAIL_NAMES[name], here, other if other != here else ""))
    return rows


def found_client(request: StaffRequest, pk: int) -> Client:
    """A client this employee may see; others do not exist."""
    return get_object_or_404(_seen_by(request), pk=pk)


def _seen_by(request: StaffRequest) -> QuerySet[Client]:
    return Client.objects.visible_to(request.viewer).select_related("owner__user", "stream")


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page
def client_add(request: StaffRequest) -> HttpResponse:
    """Somebody new to do things for."""
    at = clock.now()
    demand(may_add_clients(request.user, at))
    form = ClientForm(
        typed(request),
        initial={
            "kind": "company",
            "language": request.firm.language,
            "owner": request.viewer.employee,
        },
    )
    if request.method == "POST" and form.is_valid():
        fields = dict(form.cleaned_data)
        owner = fields.pop("owner")
        made: list[Client] = []
        if tried(
            form,
            lambda: made.append(
                actions.add_client(
                    ClientFields(**fields),  # type: ignore[typeddict-item]
                    owner=owner,
                    by=request.user,
                    at=at,
                )
            ),
        ):
            return redirect("client", made[0].pk)
    context = {
        "title": gettext("New client"),
        "submit": gettext("Add the client"),
        "back": reverse("client-list"),
        "groups": grouped(form, GROUPS),
        "folded": folded(form, FOR_CONTRACTS),
    }
    return form_page(request, "people/desk/form.html", form, context)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page
def client_edit(request: StaffRequest, pk: int) -> HttpResponse:
    """The card of a client."""
    at = clock.now()
    found = found_client(request, pk)
    demand(may_change_client(request.user, found, at))
    form = ClientForm(typed(request), initial=as_typed(found))
    if request.method == "POST" and form.is_valid():
        changes = ClientFields(**form.cleaned_data)  # type: ignore[typeddict-item]
        if tried(form, lambda: actions.change_client(found, changes, by=request.user, at=at)):
            return redirect("client", pk)
    context = {
        "title": found.display_name,
        "submit": gettext("Save"),
        "back": reverse("client", args=[pk]),
        "groups": grouped(form, GROUPS),
        "folded": folded(form, FOR_CONTRACTS),
    }
    return form_page(request, "people/desk/form.html", form, context)
