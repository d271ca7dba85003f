"""«Действующая редакция» on the screen, as DOCX and as PDF; an amendment begun from a clause."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_POST, require_safe

from zabota.clients.access import RoomViewer
from zabota.common import clock
from zabota.common.sending import private, sent_file
from zabota.contracts import rules
from zabota.contracts.actions.draft import save_values
from zabota.contracts.actions.start import start_contract
from zabota.contracts.force import in_force
from zabota.contracts.models import EditionState, TemplateEdition
from zabota.contracts.pages.common import Place, find_place
from zabota.contracts.pages.versions import contract_number, frame
from zabota.contracts.paper import PaperMeta
from zabota.contracts.reading.current import Current, read_current
from zabota.contracts.reading.form_text import FormClause
from zabota.contracts.reading.paper_out import DOCX, docx_of, pdf_of
from zabota.contracts.reading.sheet.clauses import scrolling
from zabota.contracts.reading.texts import shown_text
from zabota.contracts.stored import flat
from zabota.contracts.text.html import clause_html
from zabota.contracts.text.words import blocks_text


@require_safe
def current_page(request: HttpRequest, pk: int) -> HttpResponse:
    """The text in force now; each clause that was worded anew says by which amendment."""
    place = find_place(request, pk)
    current = _current(place)
    shown = shown_text(place.contract, current.chosen)
    clauses = [
        FormClause(
            id=clause.id,
            number=shown.beside.get(clause.id) or shown.numbers.get(clause.id, ""),
            level=min(depth + 1, 4),
            heading=clause.heading,
            locked=False,
            html=scrolling(clause_html(clause.blocks, shown, clause.id)),
        )
        for clause, depth in flat(current.chosen.text.document)
    ]
    context = frame(place) | {
        "current": current,
        "clauses": clauses,
        "changed": current.amended.changed,
        "may_amend": rules.may_start_contract(place.viewer) and _form(place) is not None,
    }
    return private(render(request, "contracts/current/page.html", context))


@require_safe
def current_docx(request: HttpRequest, pk: int) -> HttpResponse:
    """The same as a Word file."""
    place = find_place(request, pk)
    data = docx_of(place.contract, _current(place).chosen, _title(place))
    return sent_file(data, f"{_title(place)}.docx", DOCX)


@require_safe
def current_pdf(request: HttpRequest, pk: int) -> HttpResponse:
    """The same on paper."""
    place = find_place(request, pk)
    language = place.contract.edition.template.language
    with override(language):
        title = _title(place)
        meta = PaperMeta(
            title=title,
            footer=title,
            pages=_("p. {page} of {pages}"),
            language=language,
            at=clock.now(),
            kinds={"picture": _("picture"), "text_box": _("text box"), "formula": _("formula")},
        )
        data = pdf_of(place.contract, _current(place).chosen, meta)
    return sent_file(data, f"{_title(place)}.pdf", "application/pdf")


@require_POST
def amend_clause_page(request: HttpRequest, pk: int, clause: str) -> HttpResponse:
    """An amendment begins with this clause: its number and its words are filled in."""
    place = find_place(request, pk)
    current, form = _current(place), _form(place)
    if form is None:
        raise Http404
    shown = shown_text(place.contract, current.chosen)
    found = next((one for one, _d in flat(current.chosen.text.document) if one.id == clause), None)
    if found is None or not shown.numbers.get(clause):
        raise Http404
    at, viewer = clock.now(), place.viewer
    amendment = start_contract(
        form, place.contract.case.client, by=viewer, at=at, parent=place.contract
    )
    words = blocks_text(found.blocks, shown.numbers)
    for name, value in shown.values.items():
        words = words.replace("{{" + name + "}}", value)
    typed = {"clause_number": shown.numbers[clause], "clause_before": words[:2000]}
    save_values(amendment, typed, by=viewer, at=at)
    messages.success(request, _("The amendment is begun: please write how the clause is to read."))
    side = "room" if isinstance(viewer, RoomViewer) else "desk"
    return redirect(f"/{side}/contracts/{amendment.pk}/")


def _current(place: Place) -> Current:
    found = read_current(place.contract, place.viewer) if in_force(place.contract) else None
    if found is None:
        raise Http404
    return found


def _form(place: Place) -> TemplateEdition | None:
    """The form of amendments in the contract's language."""
    return (
        TemplateEdition.objects.select_related("template")
        .filter(
            state=EditionState.IN_FORCE,
            template__kind="amendment",
            template__offered=True,
            template__language=place.contract.edition.template.language,
        )
        .first()
    )


def _title(place: Place) -> str:
    return _("%(title)s No. %(number)s, current wording") % {
        "title": place.contract.case.title,
        "number": contract_number(place.contract),
    }
