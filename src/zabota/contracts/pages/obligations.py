"""«Обязательства»: what both sides owe each other under a contract in force, and until when."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext, gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_POST, require_safe

from zabota.common import clock
from zabota.common.sending import private
from zabota.contracts import rules
from zabota.contracts.actions.move_obligation import move_obligation
from zabota.contracts.actions.obligations import (
    AlreadySettled,
    Terms,
    TooManyObligations,
    add_obligation,
    confirm_obligation,
    dismiss_obligation,
    end_obligation,
    meet_obligation,
)
from zabota.contracts.force import in_force
from zabota.contracts.models import Every, Obligation
from zabota.contracts.pages.common import Place, find_place
from zabota.contracts.pages.versions import frame
from zabota.contracts.reading.obligations import read_obligations
from zabota.people.models import Employee
from zabota.people.pages import tried


class TermsForm(forms.Form):
    """What a person says of an obligation."""

    words = forms.CharField(label=gettext_lazy("What is to be done"), max_length=300)
    side = forms.ChoiceField(
        label=gettext_lazy("Whose obligation"),
        choices=[("ours", gettext_lazy("ours")), ("theirs", gettext_lazy("the client’s"))],
    )
    due_on = forms.DateField(label=pgettext_lazy("obligation", "Until"), widget=forms.DateInput)
    every = forms.ChoiceField(
        label=gettext_lazy("How often"), choices=Every.choices, required=False
    )
    until = forms.DateField(
        label=gettext_lazy("Repeated until"), required=False, widget=forms.DateInput
    )
    holder = forms.ModelChoiceField(
        label=gettext_lazy("Who of ours watches it"),
        queryset=Employee.objects.none(),
        required=False,
    )

    def __init__(self, *args: Any, holders: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["holder"].queryset = holders  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """A term lies within the years that can be meant."""
        found: dict[str, Any] = super().clean() or {}
        for name in ("due_on", "until"):
            day = found.get(name)
            if day is not None and not 2000 <= day.year <= 2100:
                self.add_error(name, gettext("Please check the year."))
        if found.get("until") and found.get("due_on") and found["until"] < found["due_on"]:
            self.add_error("until", gettext("This is before the first term."))
        return found

    def terms(self) -> Terms:
        """As the action takes it."""
        data = self.cleaned_data
        return Terms(
            data["words"], data["side"], data["due_on"], data["every"], data["until"],
            data["holder"],
        )  # fmt: skip


class MoveForm(forms.Form):
    """To which day, and why."""

    due_on = forms.DateField(label=gettext_lazy("The new date"), widget=forms.DateInput)
    reason = forms.CharField(label=gettext_lazy("Why"), max_length=500)


@require_safe
def obligations_page(request: HttpRequest, pk: int) -> HttpResponse:
    """What is owed, by whom, until when; for us also what was read out of the text."""
    return _shown(request, find_place(request, pk))


def _shown(
    request: HttpRequest, place: Place, wrong: forms.Form | None = None, about: int = 0
) -> HttpResponse:
    contract = place.contract
    if not in_force(contract) and not contract.obligations.exists():
        raise Http404
    found = read_obligations(contract, place.viewer, place.firm, at=clock.now())
    may_settle = rules.may_settle_obligations(place.viewer, contract)
    context = frame(place) | {
        "found": found,
        "may_settle": may_settle,
        "proposals": _proposals(place, found.proposed, wrong, about) if may_settle else [],
        "under_way": [(view, _moving(view.row, wrong, about)) for view in found.under_way],
        "adding": _adding(wrong, about) if may_settle else None,
        "wrong": wrong,
    }
    page = render(request, "contracts/obligations/page.html", context, status=422 if wrong else 200)
    return private(page)


def _adding(wrong: forms.Form | None, about: int) -> forms.Form:
    return wrong if wrong is not None and not about else TermsForm(holders=_holders())


def _moving(row: Obligation, wrong: forms.Form | None, about: int) -> forms.Form:
    form = wrong if wrong is not None and row.pk == about else MoveForm()
    form.auto_id = f"m{row.pk}-%s"
    return form


def _holders() -> Any:
    return Employee.objects.filter(dismissed_at=None).select_related("user").order_by("user__name")


def _proposals(
    place: Place, rows: list[Obligation], wrong: forms.Form | None, about: int
) -> list[tuple[Obligation, forms.Form]]:
    # One list of colleagues for all forms on the page, read once.
    holders = _holders()
    choices = [("", "—"), *((one.pk, str(one)) for one in holders)] if rows else []
    found = []
    for row in rows:
        form = wrong if wrong is not None and row.pk == about else _form_of(place, row, holders)
        form.fields["holder"].choices = choices  # type: ignore[attr-defined]
        form.auto_id = f"o{row.pk}-%s"
        found.append((row, form))
    return found


def _form_of(place: Place, row: Obligation, holders: Any) -> TermsForm:
    first = {
        "words": row.words(place.language),
        "side": row.side,
        "due_on": row.due_on,
        "every": row.every,
        "until": row.until,
        "holder": row.holder_id or place.contract.case.owner_id,
    }
    return TermsForm(initial=first, holders=holders)


@require_POST
def settle_page(request: HttpRequest, pk: int, row_pk: int, verb: str) -> HttpResponse:
    """Our verbs on one obligation: confirm, dismiss, move, end."""
    place = find_place(request, pk)
    row = _row(place, row_pk)
    at, by = clock.now(), place.viewer
    try:
        if verb == "confirm":
            form = TermsForm(request.POST, holders=_holders())
            if not form.is_valid():
                return _shown(request, place, form, row.pk)
            confirm_obligation(row, form.terms(), by=by, at=at)
            messages.success(request, gettext("Confirmed. The client sees it, too."))
        elif verb == "dismiss":
            dismiss_obligation(row, by=by, at=at)
        elif verb == "move":
            return _move(request, place, row)
        else:
            end_obligation(row, by=by, at=at, reason=request.POST.get("reason", "").strip()[:500])
            messages.success(request, gettext("It is over."))
    except AlreadySettled:
        messages.info(request, gettext("Somebody has settled this meanwhile."))
    return redirect(f"{place.base}/obligations/#o-{row.pk}")


def _move(request: HttpRequest, place: Place, row: Obligation) -> HttpResponse:
    form = MoveForm(request.POST)

    def move() -> None:
        told = form.cleaned_data
        move_obligation(row, told["due_on"], by=place.viewer, at=clock.now(), reason=told["reason"])

    if not form.is_valid() or not tried(form, move):
        return _shown(request, place, form, row.pk)
    messages.success(request, gettext("Moved. The client reads the new date and why."))
    return redirect(f"{place.base}/obligations/#o-{row.pk}")


@require_POST
def add_page(request: HttpRequest, pk: int) -> HttpResponse:
    """One that was not read out of the text."""
    place = find_place(request, pk)
    form = TermsForm(request.POST, holders=_holders())
    if not form.is_valid():
        return _shown(request, place, form)
    try:
        add_obligation(place.contract, form.terms(), by=place.viewer, at=clock.now())
    except TooManyObligations as many:
        words = gettext("A contract may have %(limit)s obligations at most.")
        messages.error(request, words % {"limit": many.limit})
    else:
        messages.success(request, gettext("Added. The client sees it, too."))
    return redirect(f"{place.base}/obligations/")


@require_POST
def meet_page(request: HttpRequest, pk: int, row_pk: int) -> HttpResponse:
    """Noted as met, by either side as its rule allows."""
    place = find_place(request, pk)
    row = _row(place, row_pk)
    try:
        meet_obligation(row, by=place.viewer, at=clock.now())
    except AlreadySettled:
        messages.info(request, gettext("Somebody has settled this meanwhile."))
    else:
        messages.success(request, gettext("Noted as met."))
    return redirect(f"{place.base}/obligations/#o-{row.pk}")


def _row(place: Place, pk: int) -> Obligation:
    rows = place.contract.obligations.all()
    if place.in_room:
        rows = rows.exclude(state__in=["proposed", "dismissed"])
    found: Obligation | None = rows.filter(pk=pk).first()
    if found is None:
        raise Http404
    return found
