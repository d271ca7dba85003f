"""Which values of a form's fields need nobody: set on the desk, field by field."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from zabota.common import clock
from zabota.contracts.actions import set_limits
from zabota.contracts.actions.alternatives import concerns_of_fields
from zabota.contracts.concerns import concern_name
from zabota.contracts.desk.alternatives import about, edition_for
from zabota.contracts.desk.forms import found_form
from zabota.contracts.fast_lane.limits import limits_of, needs_no_rule
from zabota.contracts.forms.alternatives import LimitForm, LimitRow, limit_initial
from zabota.contracts.models import TemplateEdition
from zabota.contracts.parties import is_asked
from zabota.contracts.rules import may_agree_beforehand
from zabota.people.access import StaffRequest, staff_page
from zabota.people.rules import demand


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page
def limits_page(request: StaffRequest, pk: int) -> HttpResponse:
    """Every field that is asked, with what is agreed about its values."""
    edition = edition_for(found_form(pk))
    rows = _rows(request, edition)
    forms = {row.told["name"]: row.form for row in rows if row.form is not None}
    status = 200
    if request.method == "POST":
        demand(bool(forms))
        found = [form.is_valid() for form in forms.values()]
        if all(found):
            rules = {name: form.rule_told for name, form in forms.items()}
            if set_limits(edition, rules, by=request.viewer, at=clock.now()):
                messages.success(request, _("Saved."))
            return redirect("alternatives", pk)
        status = 422
    context = {**about(edition), "rows": rows, "may_set": bool(forms)}
    return render(request, "contracts/desk/forms/limits.html", context, status=status)


def _rows(request: StaffRequest, edition: TemplateEdition) -> list[LimitRow]:
    limits, concerns = limits_of(edition.template_id), concerns_of_fields(edition)
    at = clock.now()
    may = {
        concern: may_agree_beforehand(request.viewer, concern, at)
        for concern in set(concerns.values())
    }
    rows = []
    for index, told in enumerate(edition.fields):
        concern = concerns.get(told["name"])
        if concern is None or not is_asked(told["name"]):
            continue
        limit = limits.get(told["name"])
        form = None
        if may[concern] and not needs_no_rule(told):
            data = request.POST if request.method == "POST" else None
            form = LimitForm(told, data, prefix=f"f{index}", initial=limit_initial(limit))
        rows.append(LimitRow(told, concern_name(concern), form, limit))
    return rows
