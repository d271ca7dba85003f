"""Saying how a case hangs together with another one."""

from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from zabota.cases.actions import link_cases, unlink_cases
from zabota.cases.models import SAID, Case, Link, LinkKind
from zabota.cases.rules import may_link_cases
from zabota.clients.actions.clients import folded
from zabota.clients.models import Client
from zabota.common import clock
from zabota.common.names import numbered
from zabota.people.access import StaffRequest, staff_page
from zabota.people.pages import form_page, pressed, tried, typed
from zabota.people.rules import demand

MOST = 20


class LinkForm(forms.Form):
    """How they hang together, and with which one."""

    kind = forms.ChoiceField(
        label=pgettext_lazy("link", "How"), choices=[(one, LinkKind(one).label) for one in SAID]
    )
    other = forms.TypedChoiceField(
        label=gettext_lazy("Which one"), coerce=int, widget=forms.RadioSelect
    )

    def __init__(self, found: list[Case], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = [(one.pk, f"{one.title} {numbered(one.number)}") for one in found]
        self.fields["other"].choices = names  # type: ignore[attr-defined]


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page
def case_link(request: StaffRequest, pk: int) -> HttpResponse:
    """With which other case, found by number or words; at first those of the same client."""
    demand(may_link_cases(request.viewer))
    visible = Case.objects.visible_to(request.viewer)
    case = get_object_or_404(visible.select_related("client"), pk=pk)
    search = request.GET.get("q", "").replace("\0", "").strip()[:200]
    found = list(_others(request, case, search)[:MOST])
    form = LinkForm(found, typed(request), initial={"kind": LinkKind.CONCERNS})
    if request.method == "POST" and form.is_valid():
        other = next(one for one in found if one.pk == form.cleaned_data["other"])
        kind = form.cleaned_data["kind"]
        if tried(form, lambda: link_cases(case, other, kind, by=request.viewer, at=clock.now())):
            messages.success(request, _("Linked; both histories say so."))
            return redirect("case", case.pk)
    context = {"case": case, "search": search, "found": found}
    return form_page(request, "home/desk/link.html", form, context)


def _others(request: StaffRequest, case: Case, search: str) -> Any:
    visible = Case.objects.visible_to(request.viewer).filter(root=None).exclude(pk=case.pk)
    if not search:
        visible = visible.filter(client__in=Client.objects.whole_of(case.client_id).values("pk"))
    for word in folded(search).split():
        visible = visible.filter(Q(search__contains=word))
    return visible.order_by("-touched_at", "-pk")


@require_POST
@staff_page
def link_undo(request: StaffRequest, pk: int) -> HttpResponse:
    """They do not hang together so any more; back to where it was pressed."""
    seen = Case.objects.visible_to(request.viewer).values("pk")
    links = Link.objects.filter(one__in=seen, other__in=seen, kind__in=SAID)
    link = get_object_or_404(links.select_related("one", "other"), pk=pk)
    here = link.other_id if request.POST.get("from") == str(link.other_id) else link.one_id
    return pressed(
        request,
        lambda: unlink_cases(link, by=request.viewer, at=clock.now()),
        _("Taken back; both histories say so."),
        f"/desk/cases/{here}/",
    )
