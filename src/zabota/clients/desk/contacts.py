"""A client's people, as our staff keep them."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST

from zabota.clients import actions
from zabota.clients.actions.clients import folded
from zabota.clients.desk.clients import found_client
from zabota.clients.forms import (
    AccessForm,
    ContactForm,
    HandOverForm,
    JoinForm,
    NewContactForm,
    PointForm,
    RoleForm,
    SureForm,
)
from zabota.clients.models import Client, Contact, ContactPoint
from zabota.clients.reading import people_reached_so
from zabota.clients.rules import may_add_clients, may_manage_contacts
from zabota.common import clock
from zabota.people.access import StaffRequest, staff_page
from zabota.people.pages import form_page, json_file, pressed, tried, typed
from zabota.people.rules import demand


def found_contact(request: StaffRequest, pk: int) -> Contact:
    """A person of a client this employee may see, still one of its people."""
    contacts = Contact.objects.visible_to(request.viewer).filter(removed_at=None)
    return get_object_or_404(contacts.select_related("client__owner", "user"), pk=pk)


def phone_of(contact: Contact) -> str:
    """The number in use."""
    points = contact.points.filter(kind="phone", removed_at=None)
    point = points.order_by("-preferred", "pk").first()
    return point.value if point else ""


def _page(request: StaffRequest, form: Any, client: int, title: str, submit: str) -> HttpResponse:
    context = {"title": title, "submit": submit, "back": reverse("client", args=[client])}
    return form_page(request, "people/desk/form.html", form, context)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page
def contact_add(request: StaffRequest, pk: int) -> HttpResponse:
    """A person of the client, let into the room at once where a role is given."""
    at = clock.now()
    client = found_client(request, pk)
    demand(may_manage_contacts(request.user, client, at))
    form = NewContactForm(typed(request))
    if request.method == "POST" and form.is_valid():
        values = dict(form.cleaned_data)
        role = values.pop("role")

        def add() -> None:
            if role:
                actions.invite_contact(client, **values, role=role, by=request.user, at=at)
            else:
                actions.add_contact(client, **values, by=request.user, at=at)

        if tried(form, add, "email"):
            return redirect("client", pk)
    return _page(request, form, pk, gettext("A person of the client"), gettext("Add"))


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page
def contact_edit(request: StaffRequest, pk: int) -> HttpResponse:
    """Name, position and phone of a person."""
    at = clock.now()
    contact = found_contact(request, pk)
    demand(may_manage_contacts(request.user, contact.client, at))
    names = ("name", "position", "name_en", "position_en")
    initial = {name: getattr(contact, name) for name in names} | {"phone": phone_of(contact)}
    form = ContactForm(typed(request), initial=initial)
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        if tried(form, lambda: actions.change_contact(contact, **values, by=request.user, at=at)):
            return redirect("client", contact.client_id)
    return _page(request, form, contact.client_id, contact.shown_name, gettext("Save"))


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page
def contact_access(request: StaffRequest, pk: int) -> HttpResponse:
    """Into the room: an address for a person without access, another role for one with it."""
    at = clock.now()
    contact = found_contact(request, pk)
    demand(may_manage_contacts(request.user, contact.client, at))
    form: Any
    if contact.user_id is None:
        email = contact.points.filter(kind="email", removed_at=None).first()
        form = AccessForm(
            typed(request), initial={"email": email.value if email else "", "role": "edits"}
        )
        submit = gettext("Invite")
    else:
        form = RoleForm(typed(request), initial={"role": contact.role})
        submit = gettext("Save")
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        verb: Any = actions.give_access if contact.user_id is None else actions.change_role
        if tried(form, lambda: verb(contact, **values, by=request.user, at=at), "role"):
            return redirect("client", contact.client_id)
    return _page(request, form, contact.client_id, contact.shown_name, submit)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page
def contact_hand_over(request: StaffRequest, pk: int) -> HttpResponse:
    """Somebody else does their work."""
    at = clock.now()
    contact = found_contact(request, pk)
    demand(may_manage_contacts(request.user, contact.client, at))
    form = HandOverForm(typed(request), contact=contact)
    if request.method == "POST" and form.is_valid():
        to = form.cleaned_data["to"]
        if tried(form, lambda: actions.hand_over(contact, to, by=request.user, at=at), "to"):
            return redirect("client", contact.client_id)
    title = gettext("Hand over: %(name)s") % {"name": contact.shown_name}
    return _page(request, form, contact.client_id, title, gettext("Hand over"))


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page
def contact_points(request: StaffRequest, pk: int) -> HttpResponse:
    """All ways to reach a person: one more, one no more, which to try first."""
    at = clock.now()
    contact = found_contact(request, pk)
    demand(may_manage_contacts(request.user, contact.client, at))
    form = PointForm(typed(request), initial={"kind": "phone"})
    if request.method == "POST" and form.is_valid():
        values, made = form.cleaned_data, list[ContactPoint]()

        def verb() -> None:
            made.append(actions.add_point(contact, **values, by=request.user, at=at))

        if tried(form, verb, "value"):
            _say_whose(request, made[0], new=made[0].made_at == at)
            return redirect("contact-points", pk)
    points = contact.points.filter(removed_at=None).order_by("kind", "-preferred", "pk")
    return form_page(
        request, "clients/desk/points.html", form, {"contact": contact, "points": points}
    )


def _say_whose(request: StaffRequest, point: ContactPoint, *, new: bool) -> None:
    """What was added stood there before, or stands with somebody else, too."""
    if not new:
        messages.info(request, gettext("It was here already: %(value)s") % {"value": point.shown})
    others = people_reached_so(point)
    if others:
        names = ", ".join(f"{one.shown_name} ({one.client.display_name})" for one in others)
        messages.warning(
            request, gettext("Others are reached so, too: %(names)s") % {"names": names}
        )


@require_POST
@staff_page
def point_remove(request: StaffRequest, pk: int) -> HttpResponse:
    """They are not reached there any more."""
    point = _found_point(request, pk)
    return pressed(
        request,
        lambda: actions.remove_point(point, by=request.user, at=clock.now()),
        gettext("Removed."),
        reverse("contact-points", args=[point.contact_id]),
    )


@require_POST
@staff_page
def point_prefer(request: StaffRequest, pk: int) -> HttpResponse:
    """The one to try first."""
    point = _found_point(request, pk)
    return pressed(
        request,
        lambda: actions.prefer_point(point, by=request.user, at=clock.now()),
        gettext("This one is tried first from now on."),
        reverse("contact-points", args=[point.contact_id]),
    )


def _found_point(request: StaffRequest, pk: int) -> ContactPoint:
    people = Contact.objects.visible_to(request.viewer).filter(removed_at=None)
    points = ContactPoint.objects.filter(contact__in=people).select_related("contact")
    return get_object_or_404(points, pk=pk)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page
def contact_join(request: StaffRequest, pk: int) -> HttpResponse:
    """The same person works for another company, too; found by name or INN."""
    at = clock.now()
    contact = found_contact(request, pk)
    demand(may_manage_contacts(request.user, contact.client, at))
    form = JoinForm(typed(request))
    if request.method == "POST" and form.is_valid():
        words = folded(form.cleaned_data["company"]).split()
        there = list(Client.objects.visible_to(request.viewer).saying(words)[:2])
        position = form.cleaned_data["position"]
        if len(there) != 1:
            said = gettext("Several companies are found by this, or none. Give the INN.")
            form.add_error("company", said)
        elif tried(
            form,
            lambda: actions.join_company(
                contact, there[0], by=request.user, at=at, position=position
            ),
            "company",
        ):
            return redirect("client", there[0].pk)
    title = gettext("Works for another company, too: %(name)s") % {"name": contact.shown_name}
    return _page(request, form, contact.client_id, title, gettext("Add"))


@require_POST
@staff_page
def contact_remove(request: StaffRequest, pk: int) -> HttpResponse:
    """No longer one of the client's people; access ends at once."""
    at = clock.now()
    contact = found_contact(request, pk)
    return pressed(
        request,
        lambda: actions.remove_contact(contact, by=request.user, at=at),
        gettext("The person was removed, access has ended."),
        reverse("client", args=[contact.client_id]),
    )


@require_POST
@staff_page
def contact_export(request: StaffRequest, pk: int) -> HttpResponse:
    """Everything kept about a person, as a file."""
    contact = found_contact(request, pk)
    data = actions.export_person(contact, by=request.user, at=clock.now())
    return json_file(data)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page
def contact_erase(request: StaffRequest, pk: int) -> HttpResponse:
    """Names and words of a person go for good."""
    at = clock.now()
    contact = found_contact(request, pk)
    demand(may_add_clients(request.user, at))
    form = SureForm(typed(request))
    if (
        request.method == "POST"
        and form.is_valid()
        and tried(form, lambda: actions.erase_person(contact, by=request.user, at=at))
    ):
        return redirect("client", contact.client_id)
    title = gettext("Erase personal data: %(name)s") % {"name": contact.shown_name}
    return _page(request, form, contact.client_id, title, gettext("Erase for good"))
