"""«Пересмотр бюджетов»: what is proposed, why, and what a person decides."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from zabota.common import clock
from zabota.goodwill.actions import decide_budget
from zabota.goodwill.forms.figures import DecideForm
from zabota.goodwill.models import Review, ReviewLine, ReviewStep
from zabota.goodwill.reading.figures import plain_sum, reason_words
from zabota.goodwill.reading.tabs import tabs_of
from zabota.goodwill.rules import may_see_figures, may_set_budgets
from zabota.people.access import StaffRequest, staff_page
from zabota.people.pages import tried
from zabota.people.rules import demand


@dataclass(frozen=True)
class Shown:
    """A line as it is read; `form` where it can be decided."""

    line: ReviewLine
    why: str
    form: DecideForm | None


@require_GET
@staff_page
def review_page(request: StaffRequest) -> HttpResponse:
    """The newest review, or the one of the period named; employees by name, never by figures."""
    demand(may_see_figures(request.user, clock.now()))
    return _page(request, _asked(request.GET.get("period", "")))


@require_POST
@staff_page
def review_decide(request: StaffRequest, pk: int) -> HttpResponse:
    """One budget is decided."""
    at = clock.now()
    demand(may_set_budgets(request.user, at))
    line = get_object_or_404(ReviewLine.objects.select_related("employee__user", "review"), pk=pk)
    form = DecideForm(request.POST, prefix=f"line{pk}")

    def decide() -> object:
        given = form.cleaned_data
        return decide_budget(line, given["sum"], by=request.user, at=at, words=given["words"])

    if form.is_valid() and tried(form, decide):
        messages.success(request, _("Decided: %(name)s.") % {"name": line.employee.name})
        return redirect("goodwill-review")
    return _page(request, line.review, form, line.pk)


def _page(
    request: StaffRequest, review: Review | None, bound: DecideForm | None = None, which: int = 0
) -> HttpResponse:
    may_decide = may_set_budgets(request.user, clock.now())
    rows = ReviewLine.objects.filter(review=review).select_related(
        "employee__user", "figures", "decided_by__user"
    )
    shown = [
        Shown(line, reason_words(line), _form(line, bound, which) if may_decide else None)
        for line in sorted(rows, key=lambda row: row.employee.name)
    ]
    context = {
        "review": review,
        "rows": [one for one in shown if one.line.step != ReviewStep.FEW],
        "few": [one for one in shown if one.line.step == ReviewStep.FEW],
        "open": sum(one.line.decided is None and one.line.step != ReviewStep.FEW for one in shown),
        "others": Review.objects.order_by("-starts")[:12],
        "tabs": tabs_of(request, "review"),
    }
    status = 422 if bound is not None and bound.errors else 200
    return render(request, "goodwill/figures/review.html", context, status=status)


def _form(line: ReviewLine, bound: DecideForm | None, which: int) -> DecideForm | None:
    if line.decided is not None:
        return None
    if bound is not None and which == line.pk:
        return bound
    return DecideForm(prefix=f"line{line.pk}", initial={"sum": plain_sum(line.proposed)})


def _asked(period: str) -> Review | None:
    reviews = Review.objects.select_related("measured").order_by("-starts")
    if period.isascii() and period.isdecimal() and len(period) < 10:
        return get_object_or_404(reviews, pk=int(period))
    return reviews.first()
