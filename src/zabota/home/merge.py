"""Saying that two cards are one client: choose the other, see what belongs to each, confirm."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from zabota.clients.actions import merge_clients, undo_merge
from zabota.clients.actions.clients import folded
from zabota.clients.models import Client
from zabota.clients.reading import same_as
from zabota.clients.rules import may_merge_clients
from zabota.common import clock
from zabota.home.reading.merge import read_side
from zabota.people.access import StaffRequest, staff_page
from zabota.people.pages import form_page, pressed, tried, typed
from zabota.people.rules import demand

MOST = 20


class MergeForm(forms.Form):
    """Which of the two goes on, and how it is known that they are one."""

    into = forms.TypedChoiceField(
        label=_("Which card goes on"), coerce=int, widget=forms.RadioSelect
    )
    reason = forms.CharField(
        label=_("How you know that they are one"),
        max_length=500,
        help_text=_("Only colleagues see it."),
    )

    def __init__(self, pair: tuple[Client, Client], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = [
            (one.pk, f"{one.full_name} · {one.inn}" if one.inn else one.full_name) for one in pair
        ]
        self.fields["into"].choices = names  # type: ignore[attr-defined]


@require_GET
@staff_page
def client_merge(request: StaffRequest, pk: int) -> HttpResponse:
    """Which other card is the same client; found by name or number."""
    demand(may_merge_clients(request.user, clock.now()))
    client = _found(request, pk)
    search = request.GET.get("q", "").replace("\0", "").strip()[:200]
    found: list[Client] = []
    if search:
        rows = Client.objects.visible_to(request.viewer).exclude(pk=pk)
        found = list(rows.saying(folded(search).split()).order_by("search", "pk")[:MOST])
    alike = [] if search else same_as(client, _merged(client))
    context = {"client": client, "search": search, "found": found, "alike": alike}
    return render(request, "home/desk/merge_choose.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page
def client_merge_with(request: StaffRequest, pk: int, other: int) -> HttpResponse:
    """Side by side what belongs to each; then they are one."""
    at = clock.now()
    demand(may_merge_clients(request.user, at))
    if pk == other:
        raise Http404
    if (merged := _merged_meanwhile(request, pk, other)) is not None:
        return merged
    pair = _found(request, pk), _found(request, other)
    form = MergeForm(pair, typed(request), initial={"into": pk})
    if request.method == "POST" and form.is_valid():
        into, gone = pair if form.cleaned_data["into"] == pk else pair[::-1]
        reason = form.cleaned_data["reason"]
        if tried(form, lambda: merge_clients(into, gone, by=request.user, at=at, reason=reason)):
            said = gettext("They are one client now: %(name)s. It can be undone at any time.")
            messages.success(request, said % {"name": into.display_name})
            return redirect("client", into.pk)
    sides = [read_side(one, request.viewer, at=at) for one in pair]
    return form_page(request, "home/desk/merge.html", form, {"client": pair[0], "sides": sides})


@require_POST
@staff_page
def client_merge_undo(request: StaffRequest, pk: int) -> HttpResponse:
    """Two clients again, each with what was its own."""
    client = get_object_or_404(Client, pk=pk)
    return pressed(
        request,
        lambda: undo_merge(client, by=request.user, at=clock.now()),
        gettext("They are two clients again, each with everything it had."),
        f"/desk/clients/{pk}/",
    )


def _merged_meanwhile(request: StaffRequest, pk: int, other: int) -> HttpResponse | None:
    """Whoever opened two cards of which one was merged since goes on with what they are now."""
    wholes = {one.pk: one.whole_id for one in Client.objects.filter(pk__in=(pk, other))}
    now = [wholes.get(one, one) for one in (pk, other)]
    if now == [pk, other]:
        return None
    if now[0] != now[1]:
        return redirect("client-merge-with", *now)
    messages.info(request, gettext("They are one client already."))
    return redirect("client", now[0])


def _merged(client: Client) -> list[int]:
    return list(client.merged.values_list("pk", flat=True))


def _found(request: StaffRequest, pk: int) -> Client:
    visible = Client.objects.visible_to(request.viewer).select_related("owner__user")
    return get_object_or_404(visible, pk=pk)
