"""Which likely errors of a text bar its sending: set by the firm's administrators."""

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from zabota.common import clock
from zabota.contracts.error_words import KIND_NAMES
from zabota.people.access import StaffRequest, staff_page
from zabota.people.actions import change_firm
from zabota.people.firm import firm_of
from zabota.people.rules import demand, may_change_firm


class BarsForm(forms.Form):
    """Kinds of errors, each on or off."""

    kinds = forms.MultipleChoiceField(required=False, choices=[(kind, kind) for kind in KIND_NAMES])


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page
def blocking_errors_page(request: StaffRequest) -> HttpResponse:
    """What is only pointed out, and what has to be mended before a contract is sent."""
    at = clock.now()
    demand(may_change_firm(request.user, at))
    firm = firm_of(request.user)
    form = BarsForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        kinds = [kind for kind in KIND_NAMES if kind in form.cleaned_data["kinds"]]
        change_firm({"blocking_errors": kinds}, by=request.user, at=at)
        messages.success(request, _("Saved."))
        return redirect("blocking-errors")
    rows = [
        (kind, name, about, kind in firm.blocking_errors)
        for kind, (name, about) in KIND_NAMES.items()
    ]
    status = 422 if request.method == "POST" else 200
    return render(request, "contracts/check/bars.html", {"rows": rows}, status=status)
