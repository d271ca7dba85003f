"""What the firm sets: whether clients are asked at all, terms of thanks, brochure, questions."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from zabota.common import clock
from zabota.people.access import StaffRequest, staff_page
from zabota.people.firm import zone_of
from zabota.people.pages import form_page, pressed, tried, typed
from zabota.people.rules import demand
from zabota.referrals.actions.sheets import present_questions
from zabota.referrals.actions.terms import (
    open_recommending,
    set_brochure,
    set_questionnaire,
    set_terms,
)
from zabota.referrals.desk.tabs import tabs
from zabota.referrals.forms.desk import BrochureForm, QuestionsForm, TermsForm, as_lines
from zabota.referrals.models import Brochure, Terms
from zabota.referrals.rules import may_set_terms

LATEST = 12


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page
def terms_page(request: StaffRequest) -> HttpResponse:
    """On what terms both are thanked; the next ones begin on a day."""
    at = clock.now()
    demand(may_set_terms(request.viewer, at))
    today = at.astimezone(zone_of(request.firm)).date()
    there = Terms.objects.on(today)
    initial = {"from_day": today}
    if there is not None:
        names = ("minimum", "hold_days", "yearly_limit", "lapse_times")
        initial |= {name: getattr(there, name) for name in names}
    form = TermsForm(typed(request), initial=initial)
    if (
        request.method == "POST"
        and form.is_valid()
        and tried(form, lambda: set_terms(form.terms(), by=request.viewer, at=at), "from_day")
    ):
        return redirect("referral-terms")
    context = {
        "tabs": tabs(request, "terms"),
        "form": form,
        "there": there,
        "all": Terms.objects.select_related("made_by__user").order_by("-from_day", "-pk")[:LATEST],
        "opened": request.firm.takes_referrals,
    }
    return render(request, "referrals/desk/terms.html", context, status=422 if form.errors else 200)


@require_POST
@staff_page
def terms_open(request: StaffRequest) -> HttpResponse:
    """Clients are asked to recommend us, or no more."""
    opened = request.POST.get("opened") == "yes"
    return pressed(
        request,
        lambda: open_recommending(opened, by=request.viewer, at=clock.now()),
        _("Clients can recommend us from their room now.")
        if opened
        else _("The section is closed; links lead nowhere."),
        reverse("referral-terms"),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page
def brochure_page(request: StaffRequest) -> HttpResponse:
    """What we tell of ourselves."""
    at = clock.now()
    demand(may_set_terms(request.viewer, at))
    there = Brochure.objects.order_by("-pk").first()
    names = ("title_ru", "text_ru", "title_en", "text_en")
    initial = {name: getattr(there, name) for name in names} if there is not None else None
    form = BrochureForm(typed(request), initial=initial)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        title, text = (told["title_ru"], told["title_en"]), (told["text_ru"], told["text_en"])
        if tried(form, lambda: set_brochure(title, text, by=request.viewer, at=at)):
            messages.success(request, _("Saved. From now on the page and the paper say so."))
            return redirect("referral-brochure")
    context = {"tabs": tabs(request, "brochure"), "submit": _("Save"), "title": _("Brochure")}
    return form_page(request, "referrals/desk/settings.html", form, context)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page
def questions_page(request: StaffRequest) -> HttpResponse:
    """What both are asked."""
    at = clock.now()
    demand(may_set_terms(request.viewer, at))
    there = present_questions()
    initial = (
        {
            f"{side}_{language}": as_lines(getattr(there, side), language)
            for side in ("told", "needed")
            for language in ("ru", "en")
        }
        if there is not None
        else None
    )
    form = QuestionsForm(typed(request), initial=initial)
    if request.method == "POST" and form.is_valid():
        told, needed = form.pairs("told"), form.pairs("needed")
        if tried(form, lambda: set_questionnaire(told, needed, by=request.viewer, at=at)):
            messages.success(request, _("Saved. Sheets begun before keep their questions."))
            return redirect("referral-questions")
    context = {
        "tabs": tabs(request, "questions"),
        "submit": _("Save"),
        "title": _("Joint questionnaire"),
    }
    return form_page(request, "referrals/desk/settings.html", form, context)
