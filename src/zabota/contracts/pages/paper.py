"""A contract on paper: its text as DOCX and PDF, and the approval sheet."""

from datetime import datetime

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_safe

from zabota.common import clock, formats
from zabota.common.files import read_file
from zabota.common.sending import private, sent_file
from zabota.contracts.models import SETTLED
from zabota.contracts.pages.common import Place, find_place
from zabota.contracts.pages.versions import contract_number, frame
from zabota.contracts.paper import (
    ApprovalLabels,
    ApprovalRow,
    ApprovedContract,
    PaperMeta,
    approval_sheet_pdf,
)
from zabota.contracts.reading.approvals import read_approvals
from zabota.contracts.reading.disagreements import paper_text
from zabota.contracts.reading.paper_out import DOCX, docx_of, pdf_of
from zabota.contracts.reading.sheet_rows import SheetRow
from zabota.contracts.reading.signing import present_signing
from zabota.contracts.reading.texts import Chosen, choose_text
from zabota.contracts.rules import side_of
from zabota.contracts.typed_passport import typed_values


@require_safe
def text_docx(request: HttpRequest, pk: int) -> HttpResponse:
    """The text as a clean Word file that can be worked on and brought back."""
    place = find_place(request, pk)
    chosen = _asked_for(request, place)
    data = docx_of(place.contract, chosen, _title(place))
    return sent_file(data, _file_name(place, chosen, "docx"), DOCX)


@require_safe
def text_pdf(request: HttpRequest, pk: int) -> HttpResponse:
    """The text as a page to sign; a draft has it written across."""
    place = find_place(request, pk)
    signing = present_signing(place.contract)
    if signing is not None and not request.GET.get("version"):
        # The very file that is signed, or was, and no other.
        file = signing.signed_pdf or signing.pdf
        return sent_file(read_file(file), f"{_title(place)}.pdf", "application/pdf")
    chosen = _asked_for(request, place)
    language = place.contract.edition.template.language
    with override(language):
        meta = PaperMeta(
            title=_title(place),
            footer=f"{_title(place)}, {_state_words(chosen)}",
            pages=_("p. {page} of {pages}"),
            language=language,
            at=clock.now(),
            watermark="" if chosen.version else _("DRAFT"),
            kinds={"picture": _("picture"), "text_box": _("text box"), "formula": _("formula")},
        )
        data = pdf_of(place.contract, chosen, meta)
    return sent_file(data, _file_name(place, chosen, "pdf"), "application/pdf")


@require_safe
def approval_sheet(request: HttpRequest, pk: int) -> HttpResponse:
    """«Лист согласования» on the screen: the same rows as on paper."""
    place = find_place(request, pk)
    context = frame(place) | {
        "rows": read_approvals(place.contract, place.viewer, place.firm, place.language),
        "subject": _subject(place),
        "agreed": place.contract.case.state in SETTLED,
    }
    return private(render(request, "contracts/paper/approval_sheet.html", context))


@require_safe
def approval_sheet_file(request: HttpRequest, pk: int) -> HttpResponse:
    """«Лист согласования» as PDF."""
    place = find_place(request, pk)
    contract, at = place.contract, clock.now()
    number = contract_number(contract)
    rows = read_approvals(contract, place.viewer, place.firm, place.language)
    meta = PaperMeta(
        title=_("Approval sheet No. %(number)s") % {"number": number},
        footer=_title(place),
        pages=_("p. {page} of {pages}"),
        language=place.language,
        at=at,
        firm=place.firm.formal_name,
    )
    labels = ApprovalLabels(
        heading=_("Approval sheet"),
        number=_("Contract No."),
        kind=_("Contract"),
        subject=_("Subject"),
        client=_("Client"),
        client_number=_("Client’s number"),
        stage=_("Stage"),
        person=_("Who"),
        position=_("Position"),
        on_behalf_of=_("For whom"),
        decision=_("Decision"),
        remark=_("Remark"),
        time=_("When"),
        version=_("Version"),
        nobody=_("Nobody has decided yet."),
        compared=_("Compared text"),
    )
    case = contract.case
    about = ApprovedContract(
        number, case.title, case.client.full_name, _subject(place), case.client_number
    )
    data = approval_sheet_pdf([_row(row, place, at) for row in rows], about, labels, meta)
    return sent_file(data, f"{meta.title}.pdf", "application/pdf")


def _subject(place: Place) -> str:
    """What the contract is about, as the form's field says it; of a client's own paper what our
    side typed, for our eyes alone.
    """
    version = place.contract.version
    written = str(version.values.get("subject", "")) if version else ""
    if written or side_of(place.viewer) == "theirs":
        return written
    return typed_values(place.contract).get("subject", "")


def _row(row: SheetRow, place: Place, at: datetime) -> ApprovalRow:
    zone = timezone.get_current_timezone()
    moment = row.at.astimezone(zone) if row.at else None
    told = f"{formats.short_date(moment, place.language)} {moment:%H:%M}" if moment else ""
    return ApprovalRow(
        stage=row.stage,
        name=row.name,
        position=row.position,
        decision=row.decision,
        on_behalf_of=row.on_behalf_of,
        remark=row.remark,
        time=told,
        version=str(row.version or ""),
        passed=row.passed,
        why=row.why.words if row.why else "",
        link=_compared_at(row, place),
    )


def _compared_at(row: SheetRow, place: Place) -> str:
    """Where the two versions are read compared; whoever opens it has to be let in there."""
    if row.why is None or row.why.old == row.why.new:
        return ""
    door = settings.ROOM_URL if place.in_room else settings.BASE_URL
    told = f"a={row.why.old}&b={row.why.new}"
    concern = f"&concern={row.why.concern}" if row.why.concern else ""
    return f"{door}{place.base}/compare/?{told}{concern}"


def _asked_for(request: HttpRequest, place: Place) -> Chosen:
    """The version named in the address, else what this side works with now."""
    key = request.GET.get("version", "")
    if key:
        found = choose_text(place.contract, place.viewer, place.firm, key)
    else:
        found = paper_text(place.contract, place.viewer, place.firm)
    if found is None or not found.tree["clauses"]:
        raise Http404
    return found


def _title(place: Place) -> str:
    contract = place.contract
    return _("%(title)s No. %(number)s") % {
        "title": contract.case.title,
        "number": contract_number(contract),
    }


def _state_words(chosen: Chosen) -> str:
    """Which text this is, in a footer and in a file's name."""
    if chosen.is_draft:
        return _("draft")
    if chosen.is_form:
        return _("form")
    return _("version %(number)d") % {"number": int(chosen.key)}


def _file_name(place: Place, chosen: Chosen, ending: str) -> str:
    return f"{_title(place)}, {_state_words(chosen)}.{ending}"
