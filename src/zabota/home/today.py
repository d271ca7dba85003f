"""«Сегодня»: the desk's first page, and a team's."""

from datetime import datetime
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_GET

from zabota.common import clock, formats
from zabota.common.questions import Question
from zabota.goodwill.reading.cards import waiting_letters
from zabota.home.reading.figures import about_to_break, kept_this_month, stands_in_for
from zabota.home.reading.today import read_today
from zabota.journal.models import Entry
from zabota.outreach.reading import count_undelivered, count_waiting
from zabota.outreach.rules import may_sort_letters
from zabota.people.access import StaffRequest, staff_page
from zabota.people.actions import be_present
from zabota.tickets.reading.drills import waiting_drills

# Time left is told in minutes; it is told anew as often.
MINUTES = 5


@require_GET
@staff_page
def today_page(request: StaffRequest) -> HttpResponse:
    """My open promises by time left; `?view=team` those of my team."""
    at = clock.now()
    be_present(request.viewer.employee, by=request.viewer, at=at)
    seen = seen_by(at)
    if request.headers.get("X-Zabota-Live"):
        if request.GET.get("seen") == seen:
            return HttpResponse(status=204)
        return render(request, "home/desk/today.html#list", _list(request, at, seen))
    context = _list(request, at, seen) | _aside(request, at)
    today = at.astimezone(timezone.get_current_timezone()).date()
    context["date"] = formats.this_day(today, get_language() or "ru")
    return render(request, "home/desk/today.html", context)


def seen_by(at: datetime) -> str:
    """What a reader saw: the journal's last entry, and the minutes they were told."""
    (last,) = _last_entry() or (0,)
    return f"{last}.{int(at.timestamp()) // (MINUTES * 60)}"


_last_entry = Question(lambda: Entry.objects.order_by("-pk").values_list("pk", flat=True)[:1])


def _list(request: StaffRequest, at: datetime, seen: str) -> dict[str, Any]:
    team = is_team_view(request)
    params = {
        name: text
        for name, text in request.GET.dict().items()
        if name in ("view", "after", "before", "from")
    }
    return {
        "today": read_today(request.viewer.employee, params, request.firm, at=at, team=team),
        "drills": [] if team else waiting_drills(request.viewer.employee.pk, at),
        "card_letters": [] if team else waiting_letters(request.viewer.employee.pk),
        "team_view": team,
        "params": params,
        "seen": seen,
    }


def is_team_view(request: StaffRequest) -> bool:
    """Whether a team is looked at; who has none sees their own."""
    return request.GET.get("view") == "team" and request.viewer.employee.team_id is not None


def _aside(request: StaffRequest, at: datetime) -> dict[str, Any]:
    me = request.viewer.employee
    of_others = about_to_break(me, request.firm, at=at)
    return {
        "kept": kept_this_month(me, at=at),
        "standing_in": stands_in_for(me, at=at),
        "in_danger": [one for one in of_others if not one.late],
        "broken": [one for one in of_others if one.late],
        "has_team": me.team_id is not None,
        "leads": me.sees_all or bool(of_others),
        "undelivered": count_undelivered() if me.is_administrator else 0,
        "letters": count_waiting() if may_sort_letters(request.user, at) else 0,
    }
