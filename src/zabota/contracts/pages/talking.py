"""Comments, «Нужно раньше», the client's reply to our answers."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from zabota.common import clock
from zabota.contracts.actions import (
    agree_with_answer,
    answer_sooner,
    ask_sooner,
    comment,
    turn_comment,
)
from zabota.contracts.actions.talk import Empty, TooLong
from zabota.contracts.models import Change, Comment
from zabota.contracts.pages.common import (
    Place,
    back_to,
    find_place,
    length_trouble,
    page_template,
    typed_words,
)
from zabota.contracts.pages.contract import frame_context, page_context
from zabota.contracts.reading.hurry import promise_to_hurry, promised_words

# The same as `maxlength` of their boxes.
MOST_HURRY = 1000
MOST_ANSWER = 2000


@require_POST
def comment_page(request: HttpRequest, pk: int) -> HttpResponse:
    """A comment beside a clause, for ourselves or for the other side as chosen."""
    place = find_place(request, pk)
    clause = request.POST.get("clause", "")[:40]
    own = "theirs" if place.in_room else "ours"
    audience = "both" if request.POST.get("audience") == "both" else own
    # A browser counts a line's end as one character, and sends two.
    text = request.POST.get("text", "").replace("\r\n", "\n")
    try:
        comment(
            place.contract,
            text,
            by=place.viewer,
            at=clock.now(),
            audience=audience,
            clause=clause,
            quote=request.POST.get("quote", ""),
        )
    except Empty:
        messages.error(request, _("There is nothing written yet."))
    except TooLong as limit:
        words = ngettext(
            "A comment may have %(limit)d character at most.",
            "A comment may have %(limit)d characters at most.",
            limit.limit,
        )
        messages.error(request, words % {"limit": limit.limit})
        typed = {"said": text, "said_to_both": audience == "both"}
        return _as_typed(request, place, clause or "all", typed)
    return redirect(f"{place.base}/#c-{clause}" if clause else f"{place.base}/#talk")


def _as_typed(request: HttpRequest, place: Place, say: str, typed: dict[str, Any]) -> HttpResponse:
    """The page again with what was refused in its box, a comment for whom it was meant."""
    context = {**page_context(place, clock.now()), **typed}
    if say:
        context["sheet"].open("", say)
    return render(request, page_template(place, "contract"), context, status=422)


@require_POST
def turn_comment_page(request: HttpRequest, pk: int, comment_pk: int) -> HttpResponse:
    """The writer turns an internal comment to the other side."""
    place = find_place(request, pk)
    row = Comment.objects.filter(
        contract=place.contract, pk=comment_pk, audience__in=place.viewer.audiences
    ).first()
    if row is None:
        raise Http404
    turn_comment(row, by=place.viewer, at=clock.now())
    return redirect(f"{place.base}/#c-{row.clause}")


def sooner_page(request: HttpRequest, pk: int) -> HttpResponse:
    """The client says by when and why; the owner has promised to answer."""
    place = find_place(request, pk)
    reason, typed_day = typed_words(request, "reason"), request.POST.get("day", "")
    problem = length_trouble(MOST_HURRY, reason)
    about = promise_to_hurry(place.contract, request.GET.get("promise", ""))
    day = _day(typed_day)
    if request.method == "POST" and not problem and day is None and not reason:
        problem = _("Please give a day, or say what hurries you.")
    if request.method == "POST" and not problem:
        ask_sooner(
            place.contract,
            day,
            by=place.viewer,
            at=clock.now(),
            reason=reason or "—",
            about=about,
        )
        messages.success(request, _("We have it. An answer is promised within two working hours."))
        return redirect(f"{place.base}/")
    context = frame_context(place, clock.now())
    context |= {"problem": problem, "reason": reason, "day": typed_day, "about": about}
    if about is not None:
        words = about.words_en if place.language == "en" else about.words_ru
        at_stage = bool(getattr(about, "stages", 0))
        context["promised"] = promised_words(about.moment_id, words, at_stage=at_stage)
    return render(request, "contracts/portal/sooner.html", context, status=422 if problem else 200)


def _day(typed: str) -> date | None:
    """A day as the browser's control writes it; one that is in no calendar is none."""
    try:
        return parse_date(typed or "0")
    except ValueError:
        return None


@require_POST
def answer_sooner_page(request: HttpRequest, pk: int) -> HttpResponse:
    """The owner says what can be done."""
    place = find_place(request, pk)
    answer = typed_words(request, "answer")
    if problem := length_trouble(MOST_ANSWER, answer):
        messages.error(request, problem)
        return _as_typed(request, place, "", {"sooner_answer": answer})
    if not answer:
        messages.error(request, _("Please write what can be done."))
    else:
        answer_sooner(place.contract, by=place.viewer, at=clock.now(), answer=answer)
        messages.success(request, _("Answered. The client has been told."))
    return redirect(f"{place.base}/")


@require_POST
def agree_page(request: HttpRequest, pk: int, change_pk: int) -> HttpResponse:
    """The client agrees with our wording, or with our refusal."""
    place = find_place(request, pk)
    change = Change.objects.filter(contract=place.contract, pk=change_pk).first()
    if change is None:
        raise Http404
    agree_with_answer(change, by=place.viewer, at=clock.now())
    return redirect(back_to(request, place.base, change))
