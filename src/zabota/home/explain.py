"""Explaining a broken promise; causes, counted; to whom each kind of promise is explained."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from zabota.cases.actions import explain_promise, name_explained_to
from zabota.cases.forms import ExplainForm, MomentsForm
from zabota.cases.models import Explanation
from zabota.cases.moments import what_was_promised
from zabota.cases.rules import may_explain, may_see_causes
from zabota.common import clock
from zabota.home.reading.beyond import whom_to_tell
from zabota.home.reading.explained import (
    count_causes,
    moments_explained,
    read_explanations,
    whom_to_call,
)
from zabota.home.reading.reached import how_reached
from zabota.people.access import StaffRequest, staff_page
from zabota.people.pages import form_page, tried, typed
from zabota.people.rules import demand, may_change_firm


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page
def explanation_page(request: StaffRequest, pk: int) -> HttpResponse:
    """What was not kept, whom to call, and why it was so: cause, a sentence, words for the
    client.
    """
    visible = Explanation.objects.visible_to(request.viewer).select_related(
        "case__client", "promise__moment", "asked", "to__user", "to__photo", "explained_by__user"
    )
    explanation = get_object_or_404(visible, pk=pk)
    may, form = may_explain(request.viewer, explanation), ExplainForm(typed(request))
    if request.method == "POST":
        demand(may or explanation.explained_at is not None)
        if form.is_valid() and tried(form, lambda: _explain(request, explanation, form)):
            messages.success(request, _("Explained, to the client as well."))
            return redirect("explanation", explanation.pk)
    broken = explanation.promise
    called = what_was_promised(broken.moment_id, broken.words_ru, broken.words_en)
    context: dict[str, Any] = {
        "one": explanation,
        "case": explanation.case,
        "words": called["en" if get_language() == "en" else "ru"],
        "people": whom_to_call(explanation, request.viewer.employee),
        "may_explain": may,
        "client": how_reached(explanation.case) if may else None,
    }
    return form_page(request, "home/desk/explanation.html", form, context)


def _explain(request: StaffRequest, explanation: Explanation, form: ExplainForm) -> None:
    contact = whom_to_tell(explanation.case)
    by, at = request.viewer, clock.now()
    explain_promise(explanation, form.why(), by=by, at=at, contact=contact)


@require_GET
@staff_page
def explanation_list(request: StaffRequest) -> HttpResponse:
    """Broken promises with their causes; whoever sees every case reads the causes counted."""
    rows, leaf = read_explanations(request.viewer, request.GET.dict())
    sees = may_see_causes(request.viewer)
    context = {
        "rows": rows,
        "leaf": leaf,
        "sees_causes": sees,
        "causes": count_causes(clock.now()) if sees else None,
    }
    return render(request, "home/desk/explanations.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page
def firm_moments(request: StaffRequest) -> HttpResponse:
    """To whom a broken promise of each kind is explained."""
    at = clock.now()
    demand(may_change_firm(request.user, at))
    moments = moments_explained()
    form = MomentsForm(moments, typed(request))
    if request.method == "POST" and form.is_valid():
        for moment in moments:
            name_explained_to(moment, form.cleaned_data[moment.slug], by=request.user, at=at)
        messages.success(request, _("Saved."))
        return redirect("firm-moments")
    return form_page(request, "home/desk/firm_moments.html", form, {"tab": "moments"})
