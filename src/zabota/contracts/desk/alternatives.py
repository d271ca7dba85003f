"""Agreed variants of a form's clauses on the desk: listed, written, replaced, withdrawn."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from zabota.common import clock
from zabota.common.ids import row_number
from zabota.contracts.actions import (
    replace_alternative,
    withdraw_alternative,
    write_alternative,
)
from zabota.contracts.concerns import concern_name
from zabota.contracts.desk.forms import found_form
from zabota.contracts.forms.alternatives import AlternativeInput
from zabota.contracts.models import Alternative, Change, ContractTemplate, TemplateEdition
from zabota.contracts.pages.common import posted
from zabota.contracts.reading.alternatives import current_edition, read_agreed_clauses
from zabota.contracts.reading.field_labels import field_labels, field_tokens
from zabota.contracts.reading.references import references_in
from zabota.contracts.routing import from_json
from zabota.contracts.rules import may_agree_beforehand
from zabota.contracts.stored import load_texts, load_wordings, node_of
from zabota.contracts.text.edit import EditProblem, labelled_all, named_all
from zabota.contracts.text.edit.places import plain_parts
from zabota.contracts.text.json import blocks_from_json
from zabota.contracts.text.numbering import numbers, plain_number
from zabota.contracts.trouble_words import edit_trouble
from zabota.people.access import StaffRequest, staff_page
from zabota.people.pages import pressed
from zabota.people.refusal import Refused
from zabota.people.rules import demand


@require_GET
@staff_page
def alternatives_page(request: StaffRequest, pk: int) -> HttpResponse:
    """What is agreed beforehand, clause by clause, and what is agreed to again and again."""
    template, at = found_form(pk), clock.now()
    edition = edition_for(template)
    language = get_language() or "ru"
    clauses = read_agreed_clauses(edition, request.firm, language)
    may = {
        concern: may_agree_beforehand(request.viewer, concern, at)
        for concern in {clause.concern for clause in clauses}
    }
    for clause in clauses:
        clause.may = may[clause.concern]
    route = edition.route
    lane = from_json(route.current.spec).fast_lane if route and route.current else None
    context = {
        **about(edition),
        "clauses": clauses,
        "agreed": [clause for clause in clauses if clause.variants],
        "suggested": [clause for clause in clauses if clause.suggestions],
        "others": [clause for clause in clauses if clause.may],
        "route": route,
        "route_name": route.name(language) if route else "",
        "lane": lane,
    }
    return render(request, "contracts/desk/forms/alternatives.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page
def write_alternative_page(request: StaffRequest, pk: int, clause: str) -> HttpResponse:
    """A new variant of a clause; `?change=` begins from words that were agreed to."""
    edition, at = edition_for(found_form(pk)), clock.now()
    node = node_of(edition.tree, clause)
    if node is None:
        raise Http404
    demand(may_agree_beforehand(request.viewer, node.get("c", "general"), at))
    change = _source(request, edition, clause)
    start = (change.counter_wording or change.new_wording) if change else node["w"]
    told = AlternativeInput(edition, request.POST if request.method == "POST" else None)
    page = _Page(request, edition, clause, start, told)
    if request.method != "POST":
        return page.show()

    def verb(texts: dict[str, str]) -> Alternative:
        return write_alternative(
            edition,
            clause,
            told.words(texts),
            by=request.viewer,
            at=at,
            start=start,
            source=change,
        )

    return page.save(verb, _("The variant is agreed."))


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page
def replace_alternative_page(request: StaffRequest, pk: int) -> HttpResponse:
    """A newer edition of a variant."""
    old, at = found_alternative(pk), clock.now()
    edition = edition_for(old.template)
    if node_of(edition.tree, old.clause) is None:
        raise Http404
    demand(may_agree_beforehand(request.viewer, old.concern, at))
    told = AlternativeInput(edition, request.POST if request.method == "POST" else None, old)
    page = _Page(request, edition, old.clause, old.wording, told)
    if request.method != "POST":
        return page.show()

    def verb(texts: dict[str, str]) -> Alternative:
        return replace_alternative(old, edition, told.words(texts), by=request.viewer, at=at)

    return page.save(verb, _("The newer edition of the variant stands."))


@require_POST
@staff_page
def withdraw_alternative_page(request: StaffRequest, pk: int) -> HttpResponse:
    """It is offered no more."""
    row = found_alternative(pk)
    return pressed(
        request,
        lambda: withdraw_alternative(row, by=request.viewer, at=clock.now()),
        _("The variant is withdrawn. What was agreed by it stays agreed."),
        f"/desk/forms/{row.template_id}/alternatives/",
    )


class _Page:
    """One request for the words of a variant."""

    def __init__(
        self,
        request: StaffRequest,
        edition: TemplateEdition,
        clause: str,
        start: str,
        told: AlternativeInput,
    ) -> None:
        self.request, self.edition, self.clause = request, edition, clause
        self.told, self.wrong = told, list[str]()
        blocks = blocks_from_json(load_wordings([start])[start])
        references = references_in(edition.tree, blocks)
        self.labels = field_labels(edition.fields).beside(references)
        self.parts = labelled_all(plain_parts(blocks), self.labels)

    def save(self, verb: Any, done: str) -> HttpResponse:
        """Do it; what hinders is said, and nothing typed is lost."""
        texts = posted(self.request, "part-")
        self.parts = {place: texts.get(place, words) for place, words in self.parts.items()}
        if not self.told.is_valid():
            return self.show(422)
        try:
            verb(named_all(texts, self.labels))
        except EditProblem as problem:
            self.wrong = [edit_trouble(problem)]
        except Refused as refused:
            self.wrong = [str(refused)]
        else:
            messages.success(self.request, done)
            return redirect("alternatives", self.edition.template_id)
        return self.show(422)

    def show(self, status: int = 200) -> HttpResponse:
        """The page with everything typed."""
        (text,) = load_texts(self.edition.tree)
        number = numbers(text.document).get(self.clause, "")
        context = {
            **about(self.edition),
            "told": self.told,
            "parts": self.parts,
            "number": plain_number(number) if number else "",
            "direction": concern_name(text.attributes[self.clause].concern),
            "wrong": self.wrong or (self.told.errors if status != 200 else []),
            "fields": field_tokens(self.edition.fields),
        }
        page = "contracts/desk/forms/alternative.html"
        return render(self.request, page, context, status=status)


def about(edition: TemplateEdition) -> dict[str, Any]:
    """Which form a page is about."""
    title = edition.template.title(get_language() or "ru")
    return {"edition": edition, "template": edition.template, "title": title}


def edition_for(template: ContractTemplate) -> TemplateEdition:
    """The edition that variants are written for; a form without one has no clauses."""
    edition = current_edition(template)
    if edition is None:
        raise Http404
    return edition


def found_alternative(pk: int) -> Alternative:
    return get_object_or_404(Alternative.objects.in_force().select_related("template"), pk=pk)


def _source(request: StaffRequest, edition: TemplateEdition, clause: str) -> Change | None:
    """The agreed change a variant is made from, of this form and this clause."""
    asked = row_number(request.GET.get("change", ""))
    if asked is None:
        return None
    rows = Change.objects.filter(
        contract__edition__template=edition.template_id,
        clause=clause,
        state__in=["accepted", "agreed"],
    ).exclude(new_wording="")
    return rows.filter(pk=asked).first()
