"""Entering a mention: by a link, or heard; putting right what is known of it."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from zabota.common import clock
from zabota.people.access import StaffRequest, staff_page
from zabota.people.pages import form_page, tried, typed
from zabota.people.rules import demand
from zabota.voice.actions.correct import correct_mention
from zabota.voice.actions.note import Noted, Where, note_mention
from zabota.voice.actions.thank import thank_author
from zabota.voice.desk.mentions import found_mention
from zabota.voice.fetching import page_at, why_not
from zabota.voice.forms.mentions import HeardForm, LinkForm
from zabota.voice.gathering.fetch import NotFetched
from zabota.voice.gathering.found import Found
from zabota.voice.models import Thanks, Way
from zabota.voice.rules import may_correct_mention, may_note_mention


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page
def mention_new(request: StaffRequest) -> HttpResponse:
    """A link pasted: what stands there is read and shown, or kept at once."""
    demand(may_note_mention(request.viewer))
    form = LinkForm(typed(request))
    if request.method == "POST" and form.is_valid():
        found, read = form.found(), None
        if found.link and not found.text:
            read = _read(form, found)
            found = _together(found, read) if read else found
        if read is not None and "look" in request.POST:
            form = LinkForm(initial=LinkForm.known(found, form.cleaned_data["place_kind"]))
            return _page(request, form, read=True)
        if found.text and not form.errors:
            return _keep(request, form, found, read=read is not None)
        if not form.errors:
            form.add_error("text", _("Write down what stands there."))
    return _page(request, form)


def _read(form: LinkForm, found: Found) -> Found | None:
    """What the page says; where it cannot be read, the form says why and asks for the words."""
    try:
        return page_at(found.link)
    except NotFetched as fault:
        why = why_not(fault)
        form.add_error("text", _("%(why)s Please paste the words here.") % {"why": why})
        return None


def _together(typed_in: Found, read: Found) -> Found:
    """What a person typed counts more than what a page says."""
    return Found(
        text=read.text, title=read.title, link=typed_in.link,
        author=typed_in.author or read.author,
        author_link=typed_in.author_link or read.author_link,
        rating=typed_in.rating if typed_in.rating is not None else read.rating,
        written_at=typed_in.written_at or read.written_at,
    )  # fmt: skip


def _keep(request: StaffRequest, form: LinkForm, found: Found, *, read: bool) -> HttpResponse:
    at, kept = clock.now(), list[Noted]()
    where = Where(
        Way.LINK, form.cleaned_data["place_kind"], read_at=at if read else None
    )  # fmt: skip
    if not tried(form, lambda: kept.append(_noted(request, found, where))):
        return _page(request, form)
    if kept[0].is_new:
        messages.success(request, _("It is kept. Here are words to begin from."))
    else:
        messages.info(request, _("This mention is known already."))
    return redirect("desk-mention", kept[0].mention.case.whole_id)


def _noted(request: StaffRequest, found: Found, where: Where) -> Noted:
    return note_mention(found, where, by=request.viewer, at=clock.now())


def _page(request: StaffRequest, form: LinkForm, *, read: bool = False) -> HttpResponse:
    return form_page(request, "voice/desk/new.html", form, {"read": read})


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page
def mention_heard(request: StaffRequest) -> HttpResponse:
    """Heard in a shop or in a park: one field is enough."""
    demand(may_note_mention(request.viewer))
    form = HeardForm(typed(request))
    if request.method == "POST" and form.is_valid():
        kept: list[Noted] = []

        def verb() -> None:
            kept.append(_noted(request, form.found(), form.place()))
            if form.cleaned_data["thanked"] and kept[0].is_new:
                thank_author(kept[0].mention, "", Thanks.ALOUD, by=request.viewer, at=clock.now())

        if tried(form, verb):
            messages.success(request, _("Written down. Thank you for listening."))
            return redirect("desk-mention", kept[0].mention.case.whole_id)
    status = 422 if form.errors else 200
    return render(request, "voice/desk/heard.html", {"form": form}, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page
def mention_correct(request: StaffRequest, pk: int) -> HttpResponse:
    """What is known of it, as it really is."""
    mention = found_mention(request, pk)
    demand(may_correct_mention(request.viewer, mention))
    form = LinkForm(typed(request), initial=LinkForm.of(mention))

    def verb() -> Any:
        place_kind = form.cleaned_data["place_kind"]
        return correct_mention(mention, form.found(), place_kind, by=request.viewer, at=clock.now())

    if request.method == "POST" and form.is_valid() and tried(form, verb):
        messages.success(request, _("Saved."))
        return redirect("desk-mention", pk)
    context = {
        "title": mention.case.title,
        "submit": _("Save"),
        "back": reverse("desk-mention", args=[pk]),
    }
    return form_page(request, "people/desk/form.html", form, context)
