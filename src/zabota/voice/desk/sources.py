"""Sources of mentions among the settings of the firm: what each is and what stands in the way."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from zabota.common import clock
from zabota.goodwill.reading.budgets import terms_now
from zabota.outreach.passwords import NoPassword
from zabota.people.access import StaffRequest, staff_page
from zabota.people.pages import form_page, pressed, tried, typed
from zabota.people.rules import demand
from zabota.voice.actions.manners import close_ready_thanks, set_manners, set_ready_thanks
from zabota.voice.actions.sources import add_source, change_source, close_source, renew_secret
from zabota.voice.forms.sources import (
    FORMS,
    MINUTES_IN_HOUR,
    MannersForm,
    ReadyForm,
    kinds_offered,
    shown_words,
)
from zabota.voice.models import Manners, ReadyThanks, Source, SourceKind
from zabota.voice.rules import may_set_up_sources
from zabota.voice.secrets import secret_of


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page
def source_list(request: StaffRequest) -> HttpResponse:
    """Each with what stands in the way; how soon we thank, who does, in which words."""
    at = clock.now()
    demand(may_set_up_sources(request.user, at))
    manners = Manners.objects.filter(pk=1).first() or Manners(pk=1)
    form = MannersForm(typed(request), initial=MannersForm.known(manners))

    def verb() -> None:
        minutes = form.cleaned_data["hours"] * MINUTES_IN_HOUR
        team, reward = form.cleaned_data["team"], form.reward_typed()
        set_manners(minutes, team, by=request.user, at=at, reward=reward)

    if request.method == "POST" and form.is_valid() and tried(form, verb):
        messages.success(request, _("Saved."))
        return redirect("mention-sources")
    rows = Source.objects.filter(closed_at=None).select_related("mailbox").order_by("kind", "pk")
    ready = ReadyThanks.objects.filter(closed_at=None).order_by("place_kind", "for_trouble", "pk")
    context = {
        "sources": rows,
        "kinds": kinds_offered(),
        "ready": [(one, shown_words(one)) for one in ready],
        "currency": terms.currency if (terms := terms_now()) else "RUB",
        "tab": "mentions",
    }
    return form_page(request, "voice/desk/sources.html", form, context)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page
def source_new(request: StaffRequest, kind: str) -> HttpResponse:
    """One more."""
    at = clock.now()
    demand(may_set_up_sources(request.user, at))
    if kind not in FORMS:
        raise Http404
    form: Any = FORMS[kind](typed(request))
    made: list[Source] = []

    def verb() -> None:
        made.append(add_source(kind, form.fields_typed(), by=request.user, at=at))

    if request.method == "POST" and form.is_valid() and tried(form, verb):
        messages.success(request, _("The source is set up."))
        return redirect("mention-source", made[0].pk)
    context = {"title": str(SourceKind(kind).label), "kind": kind, "tab": "mentions"}
    return form_page(request, "voice/desk/source.html", form, context)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page
def source_page(request: StaffRequest, pk: int) -> HttpResponse:
    """How it is set up; what a program has to know; the tables it brought."""
    at = clock.now()
    demand(may_set_up_sources(request.user, at))
    source = get_object_or_404(Source.objects.select_related("mailbox"), pk=pk, closed_at=None)
    form_of: Any = FORMS[source.kind]
    form = form_of(typed(request), initial=form_of.known(source))

    def verb() -> None:
        change_source(source, form.fields_typed(), by=request.user, at=at)

    if request.method == "POST" and form.is_valid() and tried(form, verb):
        messages.success(request, _("Saved."))
        return redirect("mention-source", pk)
    context = {
        "title": source.name,
        "kind": source.kind,
        "source": source,
        "deliveries": source.deliveries.order_by("-pk")[:10],
        "tab": "mentions",
        **_told_to_programs(source),
    }
    return form_page(request, "voice/desk/source.html", form, context)


def _told_to_programs(source: Source) -> dict[str, Any]:
    if source.kind != SourceKind.HOOK:
        return {}
    try:
        secret = secret_of(source)
    except NoPassword:
        secret = ""
    url = f"{settings.BASE_URL}{reverse('mention-notice', args=[source.key])}"
    return {"hook": url, "secret": secret}


@require_POST
@staff_page
def source_do(request: StaffRequest, pk: int, verb: str) -> HttpResponse:
    """Closed, or given another secret."""
    at = clock.now()
    demand(may_set_up_sources(request.user, at))
    source = get_object_or_404(Source, pk=pk)
    if verb == "close":
        done = _("It is read no more; what came stays.")
        to = reverse("mention-sources")
        return pressed(request, lambda: close_source(source, by=request.user, at=at), done, to)
    if source.kind != SourceKind.HOOK:
        raise Http404
    done = _("The secret is another now; put it in where the old one stood.")
    to = reverse("mention-source", args=[pk])
    return pressed(request, lambda: renew_secret(source, by=request.user, at=at), done, to)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page
def ready_edit(request: StaffRequest, pk: int | None = None) -> HttpResponse:
    """Words to begin from, old or new."""
    at = clock.now()
    demand(may_set_up_sources(request.user, at))
    ready = get_object_or_404(ReadyThanks, pk=pk, closed_at=None) if pk else None
    form = ReadyForm(typed(request), initial=ReadyForm.known(ready) if ready else None)

    def verb() -> None:
        set_ready_thanks(ready, form.fields_typed(), by=request.user, at=at)

    if request.method == "POST" and form.is_valid() and tried(form, verb):
        messages.success(request, _("Saved."))
        return redirect("mention-sources")
    context = {
        "title": _("Words of thanks"),
        "submit": _("Save"),
        "back": reverse("mention-sources"),
    }
    return form_page(request, "people/desk/form.html", form, context)


@require_POST
@staff_page
def ready_close(request: StaffRequest, pk: int) -> HttpResponse:
    """Offered no longer."""
    at = clock.now()
    demand(may_set_up_sources(request.user, at))
    ready = get_object_or_404(ReadyThanks, pk=pk)
    return pressed(
        request,
        lambda: close_ready_thanks(ready, by=request.user, at=at),
        _("These words are offered no longer."),
        "mention-sources",
    )
