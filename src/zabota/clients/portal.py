"""Pages of the room about the client's own people."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from zabota.clients import actions
from zabota.clients.access import CHOSEN, RoomRequest, room_page
from zabota.clients.forms import HandOverForm, InviteForm, RoleForm
from zabota.clients.models import Contact
from zabota.clients.rules import is_room_owner, may_hand_over
from zabota.common import clock
from zabota.people.actions import choose_language
from zabota.people.forms.accounts import ProfileForm
from zabota.people.pages import form_page, json_file, pressed, tried, typed
from zabota.people.refusal import Refused
from zabota.people.rules import demand


def found_colleague(request: RoomRequest, pk: int) -> Contact:
    """A person of the company stood for; anybody else does not exist."""
    contacts = Contact.objects.visible_to(request.viewer).filter(
        client__in=request.viewer.whole_ids, removed_at=None
    )
    return get_object_or_404(contacts.select_related("client", "user"), pk=pk)


def _page(request: RoomRequest, form: Any, title: str, submit: str) -> HttpResponse:
    context = {"title": title, "submit": submit, "back": reverse("colleague-list")}
    return form_page(request, "clients/portal/form.html", form, context)


@require_GET
@room_page
def colleague_list(request: RoomRequest) -> HttpResponse:
    """Colleagues in the room and what each may do."""
    contacts = (
        Contact.objects.visible_to(request.viewer)
        .filter(client__in=request.viewer.whole_ids, removed_at=None)
        .select_related("user")
        .order_by("name", "pk")
    )
    context = {
        "contacts": contacts,
        "me": request.viewer.contact,
        "may_manage": not request.viewer.read_only
        and is_room_owner(request.user, request.viewer.client),
    }
    return render(request, "clients/portal/colleague_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@room_page
def colleague_invite(request: RoomRequest) -> HttpResponse:
    """A colleague to work with in the room."""
    client = request.viewer.client
    demand(is_room_owner(request.user, client))
    form = InviteForm(typed(request))
    if request.method == "POST" and form.is_valid():
        values, at = form.cleaned_data, clock.now()
        if tried(
            form,
            lambda: actions.invite_contact(client, **values, by=request.user, at=at),
            "email",
        ):
            said = gettext("%(name)s will get a mail with the way in.") % {"name": values["name"]}
            messages.success(request, said)
            return redirect("colleague-list")
    return _page(request, form, gettext("Invite a colleague"), gettext("Invite"))


@require_http_methods(["GET", "HEAD", "POST"])
@room_page
def colleague_role(request: RoomRequest, pk: int) -> HttpResponse:
    """Another role for a colleague."""
    contact = found_colleague(request, pk)
    demand(is_room_owner(request.user, request.viewer.client))
    form = RoleForm(typed(request), initial={"role": contact.role})
    if request.method == "POST" and form.is_valid():
        role, at = form.cleaned_data["role"], clock.now()
        if tried(form, lambda: actions.change_role(contact, role, by=request.user, at=at), "role"):
            return redirect("colleague-list")
    title = gettext("Role: %(name)s") % {"name": contact.shown_name}
    return _page(request, form, title, gettext("Save"))


@require_http_methods(["GET", "HEAD", "POST"])
@room_page
def colleague_hand_over(request: RoomRequest, pk: int) -> HttpResponse:
    """Somebody else does this work."""
    contact = found_colleague(request, pk)
    at = clock.now()
    demand(may_hand_over(request.user, contact, at))
    form = HandOverForm(typed(request), contact=contact)
    if request.method == "POST" and form.is_valid():
        to = form.cleaned_data["to"]
        if tried(form, lambda: actions.hand_over(contact, to, by=request.user, at=at), "to"):
            messages.success(request, gettext("The work is with %(name)s now.") % {"name": to.name})
            return redirect("colleague-list")
    title = gettext("Hand over: %(name)s") % {"name": contact.shown_name}
    return _page(request, form, title, gettext("Hand over"))


@require_http_methods(["GET", "HEAD", "POST"])
@room_page
def colleague_remove(request: RoomRequest, pk: int) -> HttpResponse:
    """No longer in the room, from this moment; asked about first (GET)."""
    contact = found_colleague(request, pk)
    at = clock.now()
    if request.method != "POST":
        demand(is_room_owner(request.user, request.viewer.client))
        own = contact.pk == request.viewer.contact.pk
        context = {"contact": contact, "own": own, "back": reverse("colleague-list")}
        return render(request, "clients/portal/remove.html", context)
    if contact.pk != request.viewer.contact.pk:
        return pressed(
            request,
            lambda: actions.remove_contact(contact, by=request.user, at=at),
            gettext("The person was removed, access has ended."),
            "colleague-list",
        )
    try:
        actions.remove_contact(contact, by=request.user, at=at)
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("colleague-list")
    said = gettext("You have left the room of %(company)s; your access to it has ended.")
    messages.success(request, said % {"company": contact.client.display_name})
    # To another company of theirs, or to the page that says that there is none.
    return redirect("/")


@require_POST
@room_page
def choose_company(request: RoomRequest, pk: int) -> HttpResponse:
    """From now on this person stands for another of their companies."""
    if pk not in [contact.pk for contact in request.viewer.contacts]:
        raise Http404
    request.session[CHOSEN] = pk
    return redirect("/room/")


@require_http_methods(["GET", "HEAD", "POST"])
@room_page
def room_profile(request: RoomRequest) -> HttpResponse:
    """How everything is shown to me; what is kept about me."""
    form = ProfileForm(
        typed(request),
        initial={"language": request.user.language, "zone": request.user.zone},
    )
    if request.method == "POST" and form.is_valid():
        values, stream = form.cleaned_data, request.viewer.client.stream
        if tried(
            form,
            lambda: choose_language(
                request.user,
                **values,
                stream=stream,
                by=request.user,
                at=clock.now(),
                audience="theirs",
            ),
        ):
            return redirect("room-profile")
    context = {
        "contact": request.viewer.contact,
        "consents": request.viewer.contact.consents.order_by("given_at"),
    }
    return form_page(request, "clients/portal/profile.html", form, context)


@require_POST
@room_page
def room_export(request: RoomRequest) -> HttpResponse:
    """Everything kept about me, as a file."""
    data = actions.export_person(request.viewer.contact, by=request.user, at=clock.now())
    return json_file(data)
