"""Whose a mention is: confirmed, denied, looked for among clients."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from zabota.clients.models import Client, Contact
from zabota.common import clock
from zabota.common.ids import row_number
from zabota.people.access import StaffRequest, staff_page
from zabota.people.pages import pressed
from zabota.people.rules import demand
from zabota.voice.actions.guess import confirm_author, deny_author, take_back_author
from zabota.voice.desk.mentions import found_mention
from zabota.voice.rules import may_confirm_author

MOST = 10


@require_GET
@staff_page
def author_search(request: StaffRequest, pk: int) -> HttpResponse:
    """Clients by name or number, each with their people."""
    mention = found_mention(request, pk)
    demand(may_confirm_author(request.viewer, mention))
    query = request.GET.get("q", mention.author).replace("\0", "").strip()[:200]
    words = query.casefold().replace("ё", "е").split()
    visible = Client.objects.visible_to(request.viewer).filter(refused_at=None)
    found = list(visible.saying(words).order_by("search", "pk")[:MOST]) if words else []
    by_person = Contact.objects.filter(removed_at=None, name__icontains=query) if query else None
    if by_person is not None:
        there = {one.pk for one in found}
        more = visible.filter(pk__in=by_person.values("client")).exclude(pk__in=there)
        found += list(more.order_by("search", "pk")[: MOST - len(found)])
    people: dict[int, list[Contact]] = {one.pk: [] for one in found}
    rows = Contact.objects.filter(client__in=people, removed_at=None).order_by("name", "pk")
    for row in rows:
        people[row.client_id].append(row)
    context = {
        "mention": mention,
        "query": query,
        "found": [(one, people[one.pk]) for one in found],
    }
    return render(request, "voice/desk/author.html", context)


@require_POST
@staff_page
def author_confirm(request: StaffRequest, pk: int) -> HttpResponse:
    """It is this client, or this person of theirs."""
    mention = found_mention(request, pk)
    visible = Client.objects.visible_to(request.viewer)
    client = get_object_or_404(visible, pk=request.POST.get("client") or 0)
    number = row_number(request.POST.get("contact", ""))
    contact = get_object_or_404(Contact, pk=number, removed_at=None) if number else None
    return pressed(
        request,
        lambda: confirm_author(mention, client, by=request.viewer, at=clock.now(), contact=contact),
        _("The author is known now."),
        reverse("desk-mention", args=[pk]),
    )


@require_POST
@staff_page
def author_deny(request: StaffRequest, pk: int) -> HttpResponse:
    """It was not this client."""
    mention = found_mention(request, pk)
    guess = get_object_or_404(
        mention.guesses.select_related("client"), pk=request.POST.get("guess") or 0
    )
    return pressed(
        request,
        lambda: deny_author(guess, by=request.viewer, at=clock.now()),
        _("It is not thought of them any more."),
        reverse("desk-mention", args=[pk]),
    )


@require_POST
@staff_page
def author_take_back(request: StaffRequest, pk: int) -> HttpResponse:
    """It was confirmed by mistake."""
    mention = found_mention(request, pk)
    return pressed(
        request,
        lambda: take_back_author(mention, by=request.viewer, at=clock.now()),
        _("The author is not known again."),
        reverse("desk-mention", args=[pk]),
    )
