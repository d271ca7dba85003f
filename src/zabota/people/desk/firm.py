"""The firm's own pages: how it looks, its details, its calendar."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST

from zabota.common import clock
from zabota.people import actions
from zabota.people.access import StaffRequest, staff_page
from zabota.people.actions.firm import FirmChanges
from zabota.people.firm import build_calendar, zone_of
from zabota.people.forms.firm import DETAIL_GROUPS, DetailsForm, FirmForm, SpecialDayForm, WeekForm
from zabota.people.models import Firm, SpecialDay
from zabota.people.pages import form_page, grouped, pressed, tried, typed
from zabota.people.rules import demand, may_change_firm

PLAIN = (
    "name", "name_en", "accent", "language", "zone", "country", "currency", "number_pattern",
    "answer_hours", "drill_days",
)  # fmt: skip
YES_OR_NO = ("shows_people", "answers_strangers", "keeps_quiet", "thanks_companies")


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page
def firm(request: StaffRequest) -> HttpResponse:
    """Name, colour, language, what clients see."""
    demand(may_change_firm(request.user, clock.now()))
    ours = request.firm
    form = FirmForm(
        typed(request),
        initial={
            **{name: getattr(ours, name) for name in PLAIN},
            **{name: "yes" if getattr(ours, name) else "no" for name in YES_OR_NO},
        },
    )
    if request.method == "POST" and form.is_valid():
        told = {n: (form.cleaned_data[n] or form.initial[n]) != "no" for n in YES_OR_NO}
        changes = {**form.cleaned_data, **told}
        if _changed(request, form, changes):
            return redirect("firm")
    return form_page(request, "people/desk/firm.html", form, {"tab": "firm"})


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page
def firm_details(request: StaffRequest) -> HttpResponse:
    """What contracts say about us."""
    demand(may_change_firm(request.user, clock.now()))
    form = DetailsForm(typed(request), initial=request.firm.details)
    if request.method == "POST" and form.is_valid():
        changed = _changed(request, form, {"details": form.cleaned_data})
        if changed:
            return redirect("firm-details")
    context = {"tab": "details", "groups": grouped(form, DETAIL_GROUPS)}
    return form_page(request, "people/desk/firm.html", form, context)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page
def firm_week(request: StaffRequest) -> HttpResponse:
    """When we work."""
    demand(may_change_firm(request.user, clock.now()))
    form = WeekForm(typed(request), initial=WeekForm.as_typed(request.firm.week))
    if request.method == "POST" and form.is_valid():
        changed = _changed(request, form, {"week": form.week()})
        if changed:
            return redirect("firm-week")
    return form_page(request, "people/desk/firm.html", form, {"tab": "week"})


@dataclass(frozen=True)
class DayRow:
    """A day unlike its weekday: the country's or ours."""

    day: dt.date
    kind: str
    note: str
    ours: bool


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page
def firm_days(request: StaffRequest) -> HttpResponse:
    """Days off, short days and working Saturdays of a year: the country's and our own."""
    at = clock.now()
    demand(may_change_firm(request.user, at))
    form = SpecialDayForm(typed(request))
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        if tried(form, lambda: actions.set_special_day(**values, by=request.user, at=at), "day"):
            return redirect(f"/desk/firm/days/?year={values['day'].year}")
    year = _year(request, at)
    context = {"tab": "days", "year": year, "days": _days(request.firm, year)}
    return form_page(request, "people/desk/firm_days.html", form, context)


@require_POST
@staff_page
def firm_day_clear(request: StaffRequest, day: str) -> HttpResponse:
    """A usual day again."""
    at = clock.now()
    try:
        when = dt.date.fromisoformat(day)
    except ValueError:
        raise Http404 from None
    return pressed(
        request,
        lambda: actions.clear_special_day(when, by=request.user, at=at),
        gettext("The day is a usual one again."),
        f"/desk/firm/days/?year={when.year}",
    )


def _changed(request: StaffRequest, form: Any, changes: dict[str, Any]) -> bool:
    done = tried(
        form,
        lambda: actions.change_firm(
            FirmChanges(**changes),  # type: ignore[typeddict-item]
            by=request.user,
            at=clock.now(),
        ),
    )
    if done:
        messages.success(request, gettext("Saved."))
    return done


def _year(request: StaffRequest, at: dt.datetime) -> int:
    asked = request.GET.get("year", "")
    now = at.astimezone(zone_of(request.firm)).year
    return (
        int(asked) if asked.isascii() and asked.isdecimal() and 2018 <= int(asked) < 2041 else now
    )


def _days(ours: Firm, year: int) -> list[DayRow]:
    """The country's days on which it matters, and all of ours."""
    own = {row.day: row for row in SpecialDay.objects.filter(day__year=year)}
    country = build_calendar(ours, []).special
    rows = [DayRow(row.day, row.kind, row.note, True) for row in own.values()]
    for day, spec in country.items():
        if day in own or day.year != year:
            continue
        if spec.kind == "off" and not ours.week.get(str(day.weekday())):
            continue
        rows.append(DayRow(day, spec.kind, "", False))
    return sorted(rows, key=lambda row: row.day)
