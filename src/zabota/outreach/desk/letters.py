"""«Пришедшие письма»: what waits for somebody of ours, whole and safely."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_POST

from zabota.cases.models import Case
from zabota.clients.models import Client, Contact
from zabota.common import clock
from zabota.common.files import read_file
from zabota.common.ids import row_number
from zabota.outreach import actions
from zabota.outreach.models import Received, ReceivedFile
from zabota.outreach.reading import read_letter_page, read_letters
from zabota.outreach.reading.letters import SHOWS
from zabota.outreach.rules import may_sort_letters
from zabota.people.access import StaffRequest, staff_page
from zabota.people.pages import pressed
from zabota.people.refusal import Refused
from zabota.people.rules import demand


@require_GET
@staff_page
def letter_list(request: StaffRequest) -> HttpResponse:
    """What waits first; then what was read, what automata sent, what could not be read."""
    demand(may_sort_letters(request.user, clock.now()))
    show = request.GET.get("show", "waiting")
    if show not in SHOWS:
        raise Http404
    letters, older = read_letters(request.viewer, show, row_number(request.GET.get("before", "")))
    context = {"letters": letters, "older": older, "show": show}
    return render(request, "outreach/desk/letter_list.html", context)


@require_GET
@staff_page
def letter(request: StaffRequest, pk: int) -> HttpResponse:
    """One letter: who, when, what, its files, and what can be done with it."""
    found, sorts = found_letter(request, pk)
    search = request.GET.get("q", "").strip()[:100]
    context = {
        "page": read_letter_page(found, request.viewer, search if sorts else ""),
        "letter": found,
        "search": search,
        "sorts": sorts and found.is_waiting,
    }
    return render(request, "outreach/desk/letter.html", context)


def found_letter(request: StaffRequest, pk: int) -> tuple[Received, bool]:
    """A letter this employee may see, and whether they sort letters."""
    sorts = may_sort_letters(request.user, clock.now())
    rows = Received.objects.visible_to(request.viewer, sorts=sorts).select_related(
        "mailbox__stream", "gate", "case__client", "contact__client", "answers__to", "settled_by",
        "file",
    )  # fmt: skip
    return get_object_or_404(rows, pk=pk), sorts


@require_POST
@staff_page
def letter_place(request: StaffRequest, pk: int) -> HttpResponse:
    """The letter belongs to that contract or request, given by its number."""
    found, sorts = found_letter(request, pk)
    demand(sorts)
    number = request.POST.get("number", "").strip().lstrip("№ ")
    case = Case.objects.visible_to(request.viewer).filter(number__iexact=number).first()
    at = clock.now()

    def place() -> None:
        if case is None or not number:
            raise Refused("no_case", gettext("There is nothing with this number that you may see."))
        actions.place_letter(found, case, by=request.viewer, at=at)

    done = gettext("The letter is with “%(title)s” now.") % {"title": case.title if case else ""}
    return pressed(request, place, done, reverse("letter", args=[pk]))


@require_POST
@staff_page
def letter_confirm(request: StaffRequest, pk: int) -> HttpResponse:
    """Whose letter it is: a person we know, or a new one of a company we know."""
    found, sorts = found_letter(request, pk)
    demand(sorts)
    at = clock.now()

    def confirm() -> None:
        actions.confirm_sender(found, chosen(request, found), by=request.user, at=at)

    done = gettext("The address is theirs from now on.")
    return pressed(request, confirm, done, reverse("letter", args=[pk]))


def chosen(request: StaffRequest, found: Received) -> Contact:
    """The person the button names; a new one is added to the company it names."""
    contact = row_number(request.POST.get("contact", ""))
    if contact is not None:
        people = Contact.objects.visible_to(request.viewer).filter(removed_at=None)
        return get_object_or_404(people.select_related("client", "user"), pk=contact)
    client = get_object_or_404(
        Client.objects.visible_to(request.viewer), pk=row_number(request.POST.get("client", ""))
    )
    name = request.POST.get("name", "").strip()[:200] or found.sender_name or found.sender
    return actions.add_sender(found, client, name, by=request.user, at=clock.now())


@require_POST
@staff_page
def letter_aside(request: StaffRequest, pk: int) -> HttpResponse:
    """Nothing follows from it."""
    found, sorts = found_letter(request, pk)
    demand(sorts)
    at = clock.now()
    return pressed(
        request,
        lambda: actions.set_aside_letter(found, by=request.user, at=at),
        gettext("The letter is set aside."),
        reverse("letter-list"),
    )


@require_GET
@staff_page
def letter_whole(request: StaffRequest, pk: int) -> HttpResponse:
    """The letter as it came, byte for byte, to keep; a browser does not open it."""
    found, _ = found_letter(request, pk)
    name = f"letter-{found.pk}.{'json' if found.gate_id else 'eml'}"
    return _download(read_file(found.file), name, "application/octet-stream")


@require_GET
@staff_page
def letter_file(request: StaffRequest, pk: int, file: int) -> HttpResponse:
    """A file of the letter; what is suspicious is named only."""
    found, _ = found_letter(request, pk)
    row: ReceivedFile = get_object_or_404(found.files.select_related("file"), pk=file, doubt="")
    return _download(read_file(row.file), row.name, row.media_type)


def _download(data: bytes, name: str, media_type: str) -> HttpResponse:
    response = HttpResponse(data, content_type=media_type)
    response.headers["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "private, no-store"
    return response
