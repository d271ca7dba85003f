"""Forms on the desk: the list, a form with its editions, its card, uploading a Word file."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import Count, Prefetch
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from zabota.common import clock
from zabota.contracts.actions import add_form, change_form, import_form
from zabota.contracts.actions.forms import may_edit_forms
from zabota.contracts.desk.forms_words import faults_of
from zabota.contracts.docx.refusal import Refused
from zabota.contracts.forms.cards import WORDS, CardForm, NewForm, UploadForm
from zabota.contracts.kinds import kind_name
from zabota.contracts.models import (
    Contract,
    ContractTemplate,
    EditionState,
    TemplateEdition,
)
from zabota.contracts.rules import may_lay_shipped_forms
from zabota.journal.models import Entry
from zabota.journal.reading import read_lines
from zabota.people.access import StaffRequest, staff_page
from zabota.people.pages import form_page, page_by_key
from zabota.people.rules import demand, may_change_firm

HISTORY = 30


@require_GET
@staff_page
def form_list(request: StaffRequest) -> HttpResponse:
    """All forms: which edition is in force, by which route, how many contracts began from them."""
    language = get_language() or "ru"
    light = TemplateEdition.objects.exclude(state=EditionState.WITHDRAWN).defer(
        "tree", "fields", "kept"
    )
    present = Prefetch(
        "editions", light.select_related("route").order_by("-number"), to_attr="present"
    )
    key = "title_en" if language == "en" else "title_ru"
    page = page_by_key(request, ContractTemplate.objects.prefetch_related(present), key)
    used = dict(
        Contract.objects.filter(edition__template__in=[row.pk for row in page.rows])
        .values_list("edition__template")
        .annotate(Count("pk"))
    )
    rows = [_row(template, used.get(template.pk, 0), language) for template in page.rows]
    may_edit = may_edit_forms(request.viewer, clock.now())
    return render(
        request,
        "contracts/desk/forms/list.html",
        {
            "rows": rows,
            "page": page,
            "may_edit": may_edit,
            "may_lay": not rows and may_lay_shipped_forms(request.viewer, clock.now()),
            "may_bar": may_change_firm(request.user, clock.now()),
        },
    )


def _row(template: ContractTemplate, used: int, language: str) -> dict[str, object]:
    present: list[TemplateEdition] = template.present  # type: ignore[attr-defined]
    in_force = next((row for row in present if row.state == EditionState.IN_FORCE), None)
    route = in_force.route if in_force else None
    return {
        "template": template,
        "title": template.title(language),
        "kind": kind_name(template.kind),
        "in_force": in_force,
        "draft": next((row for row in present if row.state == EditionState.DRAFT), None),
        "route": route.name(language) if route else "",
        "route_pk": route.pk if route else None,
        "used": used,
    }


@require_GET
@staff_page
def form_detail(request: StaffRequest, pk: int) -> HttpResponse:
    """One form: its card, its editions, its history."""
    template, at = found_form(pk), clock.now()
    language = get_language() or "ru"
    editions = (
        template.editions.defer("tree", "fields", "kept")
        .select_related("route", "made_by")
        .annotate(used=Count("contracts"))
        .order_by("-number")
    )
    entries = Entry.objects.filter(stream=template.stream_id).order_by("-seq")[:HISTORY]
    return render(
        request,
        "contracts/desk/forms/detail.html",
        {
            "template": template,
            "title": template.title(language),
            "kind": kind_name(template.kind),
            "words": card_words(template, language),
            "editions": [(row, row.route.name(language) if row.route else "") for row in editions],
            "lines": read_lines(entries, now=at),
            "may_edit": may_edit_forms(request.viewer, at),
        },
    )


def card_words(template: ContractTemplate, language: str) -> list[tuple[object, str]]:
    """What the card says beside the title, line by line."""
    return [
        (label, text)
        for name, label in WORDS
        if (text := (template.about.get(name) or {}).get(language, ""))
    ]


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page
def form_new(request: StaffRequest) -> HttpResponse:
    """A form that was not there before: its Word file and what stands on its card."""
    at = clock.now()
    demand(may_edit_forms(request.viewer, at))
    form = NewForm(*_sent(request))
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data["file"].read()
        edition = _imported(form, lambda: add_form(data, by=request.viewer, at=at, card=form.card))
        if edition is not None:
            messages.success(request, _ready(edition))
            return redirect("form-edition", edition.pk)
    context = {"title": _("New form"), "back": "/desk/forms/", "submit": _("Read the file")}
    return form_page(request, "contracts/desk/forms/new.html", form, context)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page
def form_upload(request: StaffRequest, pk: int) -> HttpResponse:
    """A new edition of a form from a Word file."""
    template, at = found_form(pk), clock.now()
    demand(may_edit_forms(request.viewer, at))
    form = UploadForm(*_sent(request))
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data["file"].read()
        edition = _imported(form, lambda: import_form(template, data, by=request.viewer, at=at))
        if edition is not None:
            messages.success(request, _ready(edition))
            return redirect("form-edition", edition.pk)
    context = {
        "title": _("New edition"),
        "template": template,
        "name": template.title(get_language() or "ru"),
        "back": f"/desk/forms/{pk}/",
    }
    return form_page(request, "contracts/desk/forms/upload.html", form, context)


def _sent(request: StaffRequest) -> tuple[Any, Any]:
    """What a form is bound to: an empty POST is an answer too."""
    return (request.POST, request.FILES) if request.method == "POST" else (None, None)


def _imported(form: forms.Form, verb: Callable[[], TemplateEdition]) -> TemplateEdition | None:
    """Read the file; why it cannot be taken stands at the file, all that was typed is kept."""
    try:
        return verb()
    except Refused as refused:
        form.add_error("file", faults_of(refused))
    return None


def _ready(edition: TemplateEdition) -> str:
    return _("Edition %(number)d is read. Please look at it clause by clause.") % {
        "number": edition.number
    }


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page
def form_card(request: StaffRequest, pk: int) -> HttpResponse:
    """What stands on the card of a form, in both languages."""
    template, at = found_form(pk), clock.now()
    demand(may_edit_forms(request.viewer, at))
    form = CardForm(_sent(request)[0], initial=CardForm.of(template))
    if request.method == "POST" and form.is_valid():
        return _card_changed(request, template, form, at)
    context = {
        "title": _("Card of the form"),
        "name": template.title(get_language() or "ru"),
        "back": f"/desk/forms/{pk}/",
        "submit": _("Save"),
    }
    return form_page(request, "contracts/desk/forms/card.html", form, context)


def _card_changed(
    request: StaffRequest, template: ContractTemplate, form: CardForm, at: datetime
) -> HttpResponse:
    change_form(template, by=request.viewer, at=at, card=form.card)
    messages.success(request, _("The card is saved."))
    return redirect("form", template.pk)


def found_form(pk: int) -> ContractTemplate:
    return get_object_or_404(ContractTemplate, pk=pk)
