"""Going beyond a rule: the page of it, the answer to a colleague, what repeats."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from zabota.cases.actions import answer_beyond, go_beyond, settle_rule, take_back_beyond
from zabota.cases.forms import BeyondForm
from zabota.cases.models import Case, Deviation, DeviationState
from zabota.cases.rules import (
    may_answer_beyond,
    may_ask_beyond,
    may_see_what_repeats,
    may_settle_rule,
    may_take_back_beyond,
)
from zabota.common import clock
from zabota.home.reading.beyond import (
    broken_promises,
    known_rules,
    limits_of,
    read_deviations,
    rules_made,
    what_repeats,
    whom_to_tell,
)
from zabota.home.reading.reached import how_reached
from zabota.people.access import StaffRequest, staff_page
from zabota.people.pages import form_page, pressed, tried, typed
from zabota.people.rules import demand

LONGEST = 1000


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page
def case_beyond(request: StaffRequest, pk: int) -> HttpResponse:
    """One form: which rule, why, the cost, the words for the client. Within one's power it is
    done; above it, it is asked.
    """
    visible = Case.objects.visible_to(request.viewer).select_related("client")
    case = get_object_or_404(visible, pk=pk)
    demand(may_ask_beyond(request.viewer))
    at, form = clock.now(), BeyondForm(typed(request))
    if request.method == "POST" and form.is_valid():
        made: list[Deviation] = []

        def verb() -> None:
            contact = whom_to_tell(case)
            made.append(go_beyond(case, form.what(), by=request.viewer, at=at, contact=contact))

        if tried(form, verb):
            messages.success(request, _said(made[0]))
            return redirect("case", case.pk)
    context = {
        "case": case,
        "back": f"/desk/cases/{case.pk}/",
        "limits": limits_of(request.viewer.employee, at),
        "administers": request.viewer.employee.is_administrator,
        "rules": known_rules(at),
        "made": rules_made(),
        "broken": broken_promises(case, request.viewer.language, at),
        "reached": how_reached(case),
        "asked": Deviation.objects.filter(case=case, state=DeviationState.ASKED).order_by("pk"),
    }
    return form_page(request, "home/desk/beyond_form.html", form, context)


@require_GET
@staff_page
def beyond_list(request: StaffRequest) -> HttpResponse:
    """What went beyond the rules, and what repeats and could be a rule."""
    rows, leaf = read_deviations(request.viewer, request.GET.dict())
    repeats = may_see_what_repeats(request.viewer)
    context = {
        "rows": rows,
        "leaf": leaf,
        "sees_repeats": repeats,
        "may_settle": may_settle_rule(request.viewer, clock.now()),
        "made": rules_made(),
        "repeated": what_repeats(clock.now()) if repeats else [],
    }
    return render(request, "home/desk/beyond_list.html", context)


@require_POST
@staff_page
def rule_settle(request: StaffRequest) -> HttpResponse:
    """What repeats is a rule now, or stays an exception."""
    made = request.POST.get("answer") == "make"
    rule, words = (request.POST.get(name, "").replace("\0", "") for name in ("rule", "words"))
    return pressed(
        request,
        lambda: settle_rule(
            rule[:200], words[:LONGEST], by=request.viewer, at=clock.now(), made=made
        ),
        _("It is a rule now.") if made else _("It stays an exception."),
        "/desk/beyond/",
    )


@require_GET
@staff_page
def beyond_page(request: StaffRequest, pk: int) -> HttpResponse:
    """What is asked, with both answers under the thumb: where the letter's button leads."""
    return render(request, "home/desk/beyond.html", _context(request, _found(request, pk)))


@require_POST
@staff_page
def beyond_answer(request: StaffRequest, pk: int) -> HttpResponse:
    """Allowed, or refused with a word."""
    deviation, word = _found(request, pk), request.POST.get("word", "").replace("\0", "").strip()
    granted = request.POST.get("answer") == "grant"
    if not granted and not word:
        problem = _("Say briefly why not.")
    elif len(word) > LONGEST:
        problem = _("A thousand characters at most.")
    else:
        done = (
            _("Allowed. Your colleague has been told.")
            if granted
            else _("Your colleague has been told why.")
        )
        return pressed(
            request,
            lambda: answer_beyond(
                deviation,
                word,
                by=request.viewer,
                at=clock.now(),
                granted=granted,
                contact=whom_to_tell(deviation.case),
            ),
            done,
            f"/desk/beyond/{deviation.pk}/",
        )
    context = _context(request, deviation) | {"word": word, "problem": problem}
    return render(request, "home/desk/beyond.html", context, status=422)


@require_POST
@staff_page
def beyond_take_back(request: StaffRequest, pk: int) -> HttpResponse:
    """Asked no more, by whoever asked."""
    deviation = _found(request, pk)
    return pressed(
        request,
        lambda: take_back_beyond(deviation, by=request.viewer, at=clock.now()),
        _("Taken back: nobody has to answer it."),
        f"/desk/cases/{deviation.case_id}/beyond/",
    )


def _found(request: StaffRequest, pk: int) -> Deviation:
    visible = Deviation.objects.visible_to(request.viewer).select_related(
        "case__client", "asked_by__user", "asked_by__photo", "answered_by__user", "promise"
    )
    found: Deviation = get_object_or_404(visible, pk=pk)
    return found


def _context(request: StaffRequest, deviation: Deviation) -> dict[str, Any]:
    return {
        "one": deviation,
        "case": deviation.case,
        "asked": deviation.state == DeviationState.ASKED,
        "may_answer": may_answer_beyond(request.viewer, deviation, clock.now()),
        "may_take_back": may_take_back_beyond(request.viewer, deviation),
        "position": deviation.asked_by.position(request.viewer.language),
    }


def _said(deviation: Deviation) -> str:
    if deviation.state == DeviationState.ASKED:
        return _(
            "This is above your limit: whoever may allow it has been asked and answers within a"
            " working hour."
        )
    if deviation.told:
        return _("Done beyond the rules. The client reads your words.")
    return _("Done beyond the rules.")
