"""The list of referrals, one of them, and what is done about it."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from zabota.common import clock
from zabota.people.access import StaffRequest, staff_page
from zabota.people.pages import form_page, pressed, tried, typed
from zabota.people.rules import demand
from zabota.referrals.actions.talk import end_referral, talk_to_friend
from zabota.referrals.actions.thanks import decide_thanks, say_thanks
from zabota.referrals.desk.tabs import tabs
from zabota.referrals.forms.desk import DecideForm, EndForm, TalkForm
from zabota.referrals.models import Referral, Sheet
from zabota.referrals.reading.lists import (
    SHOWS,
    hits_in_words,
    read_referral,
    read_referrals,
    visible_referrals,
)
from zabota.referrals.rules import may_decide_thanks, may_say_thanks, may_talk_to_friend


@require_GET
@staff_page
def referral_list(request: StaffRequest) -> HttpResponse:
    """Who came by recommendation, the newest first."""
    show = request.GET.get("show", "")
    leaf, rows = read_referrals(request.viewer, show, request.GET.dict())
    context = {
        "tabs": tabs(request, "list"),
        "leaf": leaf,
        "rows": rows,
        "show": show if show in SHOWS else "",
        "shows": [
            ("", _("All")),
            ("waiting", pgettext("recommendations", "Under way")),
            ("decide", _("Wait for one of us")),
            ("bought", _("Bought")),
            ("ended", _("Nothing came of it")),
        ],
        "opened": request.firm.takes_referrals,
    }
    return render(request, "referrals/desk/list.html", context)


@require_GET
@staff_page
def referral_page(request: StaffRequest, pk: int) -> HttpResponse:
    """Everything known of one."""
    referral, at = found_referral(request, pk), clock.now()
    context = {
        "referral": referral,
        "case": referral.case,
        "told": read_referral(referral, get_language() or "ru", at=at),
        "has_sheet": Sheet.objects.filter(pk=referral.link_id).exists(),
        "may_talk": may_talk_to_friend(request.viewer, referral),
        "may_decide": may_decide_thanks(request.viewer, referral, at),
        "may_say": may_say_thanks(request.viewer, referral),
    }
    return render(request, "referrals/desk/referral.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page
def referral_talk(request: StaffRequest, pk: int) -> HttpResponse:
    """We talked; what may the recommender see?"""
    referral, at = found_referral(request, pk), clock.now()
    demand(may_talk_to_friend(request.viewer, referral))
    form = TalkForm(typed(request), initial={"shares": referral.shares, "note": referral.note})
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        if tried(form, lambda: talk_to_friend(referral, by=request.viewer, at=at, **told)):
            return redirect("referral", pk)
    return _form(request, referral, form, _("We talked"), _("Keep it"))


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page
def referral_end(request: StaffRequest, pk: int) -> HttpResponse:
    """Nothing comes of it."""
    referral, at = found_referral(request, pk), clock.now()
    demand(may_talk_to_friend(request.viewer, referral))
    form = EndForm(typed(request))
    if request.method == "POST" and form.is_valid():
        ending = form.cleaned_data["ending"]
        if tried(form, lambda: end_referral(referral, ending, by=request.viewer, at=at), "ending"):
            return redirect("referral", pk)
    return _form(request, referral, form, _("Nothing came of it"), _("Close it"))


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page
def referral_decide(request: StaffRequest, pk: int) -> HttpResponse:
    """Thanks that a check stopped."""
    referral, at = found_referral(request, pk), clock.now()
    demand(may_decide_thanks(request.viewer, referral, at))
    form = DecideForm(typed(request))
    if request.method == "POST" and form.is_valid():
        thank, reason = form.cleaned_data["thank"] == "yes", form.cleaned_data["reason"]
        if tried(
            form,
            lambda: decide_thanks(referral, by=request.viewer, at=at, thank=thank, reason=reason),
            "reason",
        ):
            return redirect("referral", pk)
    note = " ".join(hits_in_words(referral))
    return _form(request, referral, form, _("Whether to thank"), _("Decide"), note)


@require_POST
@staff_page
def referral_thank(request: StaffRequest, pk: int) -> HttpResponse:
    """Said in words."""
    referral = found_referral(request, pk)
    return pressed(
        request,
        lambda: say_thanks(referral, by=request.viewer, at=clock.now()),
        _("Kept: they have heard it from us."),
        reverse("referral", args=[pk]),
    )


def found_referral(request: StaffRequest, pk: int) -> Referral:
    """One this employee may know of; others do not exist."""
    rows = visible_referrals(request.viewer).select_related(
        "case__client__root", "case__owner__user", "recommender__root__owner__user", "promise",
        "contact__user", "link__contact", "link__client", "task", "talked_by__user",
        "decided_by__user", "purchase",
    )  # fmt: skip
    return get_object_or_404(rows, pk=pk)


def _form(
    request: StaffRequest, referral: Referral, form: Any, title: str, submit: str, note: str = ""
) -> HttpResponse:
    context = {
        "title": title,
        "submit": submit,
        "back": reverse("referral", args=[referral.pk]),
        "note": note,
    }
    return form_page(request, "people/desk/form.html", form, context)
