"""One edition of a form: its text clause by clause, its fields, its route; in force, withdrawn."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from zabota.clients.models import Client
from zabota.common import clock
from zabota.common.files import read_file
from zabota.contracts.actions import change_edition, put_in_force, withdraw_edition
from zabota.contracts.actions.editions import (
    EditionMoved,
    NotADraft,
    RouteMissing,
    edition_revision,
)
from zabota.contracts.actions.forms import DOCX, may_edit_forms
from zabota.contracts.concerns import CONCERNS
from zabota.contracts.desk.forms_text import read_clauses, remarks_of
from zabota.contracts.desk.start import named_client
from zabota.contracts.forms.editions import EditionInput
from zabota.contracts.models import EditionState, TemplateEdition
from zabota.contracts.pages.start import named_contract
from zabota.contracts.reading.form_text import offered_edition, read_form
from zabota.contracts.route_words import problems_for_form
from zabota.people.access import StaffRequest, staff_page
from zabota.people.rules import demand


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page
def edition(request: StaffRequest, pk: int) -> HttpResponse:
    """The text with directions and locks, the fields, the route; a draft is set here and saved."""
    found, at = found_edition(pk), clock.now()
    may_edit = may_edit_forms(request.viewer, at)
    if request.method == "POST":
        demand(may_edit)
        return _save(request, found)
    told = EditionInput(found, get_language() or "ru")
    return _edition_page(request, found, told, may_edit=may_edit)


def _save(request: StaffRequest, found: TemplateEdition) -> HttpResponse:
    if found.state != EditionState.DRAFT:
        return _not_a_draft(request, found)
    told = EditionInput(found, get_language() or "ru", request.POST)
    try:
        if not told.is_valid():
            return _edition_page(request, found, told, status=422)
        changed = change_edition(
            found,
            by=request.viewer,
            at=clock.now(),
            attributes=told.attributes,
            fields=told.fields,
            route=told.route,
            seen=request.POST.get("seen"),
        )
    except EditionMoved:
        words = _(
            "A colleague saved this edition while you were working on it. What you set is kept"
            " below: save again, and yours stands."
        )
        return _edition_page(request, found, told, status=409, wrong=[words])
    except NotADraft:
        return _not_a_draft(request, found)
    except ValidationError as wrong:
        return _edition_page(request, found, None, status=422, wrong=list(wrong.messages))
    if request.POST.get("then") == "force":
        return redirect("form-in-force", found.pk)
    messages.success(request, _("Saved."))
    return redirect("form-edition", changed.pk)


def _not_a_draft(request: StaffRequest, found: TemplateEdition) -> HttpResponse:
    messages.error(request, _("This edition is no longer a draft: it is not changed."))
    return redirect("form-edition", found.pk)


def _edition_page(
    request: StaffRequest,
    found: TemplateEdition,
    told: EditionInput | None,
    *,
    may_edit: bool = True,
    status: int = 200,
    wrong: list[str] | None = None,
) -> HttpResponse:
    language = get_language() or "ru"
    told = told or EditionInput(found, language)
    route = found.route
    context = {
        **_about(found),
        "told": told,
        "clauses": read_clauses(found, told.shown),
        "concerns": list(CONCERNS.items()),
        "remarks": remarks_of(found),
        "route_name": route.name(language) if route else "",
        "route_problems": problems_for_form(route, found.fields, clock.now()) if route else [],
        "seen": edition_revision(found),
        "editable": may_edit and found.state == EditionState.DRAFT,
        "may_edit": may_edit,
        "wrong": wrong or [],
        "errors": [form for form in told.forms if told.data is not None and form.errors],
    }
    return render(request, "contracts/desk/forms/edition.html", context, status=status)


def _about(found: TemplateEdition) -> dict[str, Any]:
    language = get_language() or "ru"
    return {
        "edition": found,
        "template": found.template,
        "title": found.template.title(language),
    }


@require_GET
@staff_page
def edition_as_client(request: StaffRequest, pk: int) -> HttpResponse:
    """How the client will see it: the card, the questions, the text with what is locked. On the way
    to a contract of a client who is named it begins here."""
    found, client = found_edition(pk), named_client(request)
    parent = client and named_contract(request.GET.get("parent", ""), request.viewer, client)
    new = f"{reverse('desk-start')}?client={client.pk}" if client else ""
    context = {
        **_about(found),
        "found": read_form(found, client or Client(), request.firm, get_language() or "ru"),
        "client": client,
        "parent": parent,
        "may_begin": client is not None and offered_edition(pk) is not None,
        "begin_url": new,
        "all_url": f"{new}&parent={parent.pk}" if parent else new,
    }
    return render(request, "contracts/desk/forms/as_client.html", context)


@require_GET
@staff_page
def edition_docx(request: StaffRequest, pk: int) -> HttpResponse:
    """The Word file the edition was read from."""
    found = found_edition(pk)
    if found.source is None:
        raise Http404
    answer = HttpResponse(read_file(found.source), content_type=DOCX)
    name = f"{found.template.slug}-{found.number}.docx"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page
def edition_in_force(request: StaffRequest, pk: int) -> HttpResponse:
    """Ask, then put the edition in force: new contracts begin from it."""
    found, at = found_edition(pk), clock.now()
    demand(may_edit_forms(request.viewer, at))
    if request.method == "POST":
        try:
            put_in_force(found, by=request.viewer, at=at)
        except RouteMissing:
            words = _("Without an approval route an edition does not come into force: choose one.")
            messages.error(request, words)
            return redirect("form-edition", pk)
        except NotADraft:
            messages.error(request, _("This edition is no longer a draft."))
            return redirect("form", found.template_id)
        messages.success(request, _("Edition %(number)d is in force.") % {"number": found.number})
        return redirect("form", found.template_id)
    before = found.template.editions.filter(state=EditionState.IN_FORCE).only("number").first()
    return render(
        request,
        "contracts/desk/forms/in_force.html",
        {**_about(found), "before": before, "route_name": _route_name(found)},
    )


def _route_name(found: TemplateEdition) -> str:
    return found.route.name(get_language() or "ru") if found.route else ""


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page
def edition_withdraw(request: StaffRequest, pk: int) -> HttpResponse:
    """Ask, then withdraw the edition: new contracts no longer begin from it."""
    found, at = found_edition(pk), clock.now()
    demand(may_edit_forms(request.viewer, at))
    if request.method == "POST":
        withdraw_edition(found, by=request.viewer, at=at)
        messages.success(request, _("Edition %(number)d is withdrawn.") % {"number": found.number})
        return redirect("form", found.template_id)
    context = {**_about(found), "used": found.contracts.exists()}
    return render(request, "contracts/desk/forms/withdraw.html", context)


def found_edition(pk: int) -> TemplateEdition:
    rows = TemplateEdition.objects.select_related("template", "route__current", "source", "made_by")
    return get_object_or_404(rows, pk=pk)
