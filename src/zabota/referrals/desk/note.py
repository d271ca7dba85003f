"""Who sent a client to us, as they told one of ours."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from zabota.clients.models import Client, Contact
from zabota.common import clock
from zabota.common.ids import row_number
from zabota.people.access import StaffRequest, staff_page
from zabota.people.pages import form_page, tried, typed
from zabota.people.rules import demand
from zabota.referrals.actions.note import note_referral
from zabota.referrals.forms.desk import TalkForm
from zabota.referrals.models import Referral, Shares
from zabota.referrals.rules import may_note_referral

MOST = 10


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page
def referral_note(request: StaffRequest, pk: int) -> HttpResponse:
    """First whoever sent them is found (`?q=`), then chosen (`?who=`), then it is noted."""
    demand(may_note_referral(request.viewer, request.firm))
    visible = Client.objects.visible_to(request.viewer)
    client, at = get_object_or_404(visible, pk=pk), clock.now()
    who = row_number(request.GET.get("who", ""))
    if who is None:
        return _search(request, client)
    people = Contact.objects.filter(removed_at=None, client__in=visible.values("pk"))
    recommender = get_object_or_404(people.select_related("client__root"), pk=who)
    form = TalkForm(typed(request), initial={"shares": Shares.NOTHING})
    if request.method == "POST" and form.is_valid():
        noted: list[Referral] = []
        told = form.cleaned_data

        def verb() -> None:
            noted.append(note_referral(client, recommender, by=request.viewer, at=at, **told))

        if tried(form, verb):
            messages.success(request, _("Noted: from now on it counts as any recommendation."))
            return redirect("referral", noted[0].pk)
    context = {
        "title": _("%(client)s: sent to us by %(name)s")
        % {"client": client.display_name, "name": recommender.shown_name},
        "submit": _("Note it"),
        "back": reverse("referral-note", args=[pk]),
        "note": recommender.client.whole.display_name,
    }
    return form_page(request, "people/desk/form.html", form, context)


def _search(request: StaffRequest, client: Client) -> HttpResponse:
    """Clients by name or number, and by their people; each with the people to choose from."""
    query = request.GET.get("q", "").replace("\0", "").strip()[:200]
    words = query.casefold().replace("ё", "е").split()
    visible = Client.objects.visible_to(request.viewer).filter(refused_at=None)
    others = visible.exclude(pk=client.whole_id)
    found = list(others.saying(words).order_by("search", "pk")[:MOST]) if words else []
    if query:
        by_person = Contact.objects.filter(removed_at=None, name__icontains=query)
        more = others.filter(pk__in=by_person.values("client"))
        more = more.exclude(pk__in=[one.pk for one in found]).order_by("search", "pk")
        found += list(more[: MOST - len(found)])
    people: dict[int, list[Contact]] = {one.pk: [] for one in found}
    rows = Contact.objects.filter(client__in=people, removed_at=None).order_by("name", "pk")
    for row in rows:
        people[row.client_id].append(row)
    context = {
        "client": client,
        "query": query,
        "found": [(one, people[one.pk]) for one in found],
    }
    return render(request, "referrals/desk/note.html", context)
