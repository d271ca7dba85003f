"""Beginning a contract, for either side: what is offered, what was chosen, the client's file."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, cast

from django import forms
from django.contrib import messages
from django.core import signing
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from zabota.clients.models import Client
from zabota.common import clock
from zabota.common.files import read_file
from zabota.common.ids import row_number
from zabota.common.models import File
from zabota.contracts.actions.draft import Gone
from zabota.contracts.actions.foreign import NoFormYet, keep_paper, start_on_client_paper
from zabota.contracts.actions.last_time import take_last_wording
from zabota.contracts.actions.start import start_contract
from zabota.contracts.docx.guard import MOST_BYTES
from zabota.contracts.docx.refusal import Refused
from zabota.contracts.docx_words import refusal_words
from zabota.contracts.models import Contract, ContractState, TemplateEdition
from zabota.contracts.pages.common import Place, find_place
from zabota.contracts.reading.lists import visible_contracts
from zabota.contracts.reading.offers import (
    AMENDING,
    Earlier,
    Offer,
    edition_in_force,
    may_belong,
    read_earlier,
    read_offers,
)
from zabota.contracts.rules import Viewer, may_start_contract
from zabota.people.models import Employee

KEPT_FOR = 24 * 60 * 60
SALT = "client-paper"


@dataclass(frozen=True)
class WaysIn:
    """Everything a new contract may begin from, for one client."""

    client: Client
    offers: list[Offer]
    like: list[Earlier] = field(default_factory=list)
    agreed: list[Earlier] = field(default_factory=list)
    parent: Contract | None = None
    # Whether there are contracts on the client's own text: each is compared anew, none repeated.
    on_paper: bool = False


def ways_in(request: HttpRequest, viewer: Viewer, client: Client) -> WaysIn:
    """What is offered; with `?parent=` only what belongs to an agreed contract."""
    offers = read_offers(get_language() or "ru", client.language)
    parent = named_contract(request.GET.get("parent", ""), viewer, client)
    if parent is not None:
        fitting = [offer for offer in offers if may_belong(offer.kind, parent)]
        return WaysIn(client, fitting, parent=parent)
    earlier = read_earlier(
        visible_contracts(viewer).filter(client__in=Client.objects.whole_of(client.pk)), offers
    )
    amending = [offer for offer in offers if offer.kind in AMENDING]
    return WaysIn(
        client,
        [offer for offer in offers if offer.kind not in AMENDING],
        like=[one for one in earlier if one.edition is not None],
        agreed=earlier if amending else [],
        on_paper=any(one.on_paper for one in earlier),
    )


def named_contract(text: str, viewer: Viewer, client: Client) -> Contract | None:
    """A contract of this client named in an address or a form; an unknown one is a 404."""
    if not text:
        return None
    if row_number(text) is None:
        raise Http404
    cases = visible_contracts(viewer).filter(client__in=Client.objects.whole_of(client.pk))
    found = (
        Contract.objects.select_related("case", "version", "edition__template")
        .filter(case__in=cases, pk=int(text))
        .first()
    )
    if found is None:
        raise Http404
    return found


def begin_chosen(
    request: HttpRequest, viewer: Viewer, client: Client, *, at: datetime, owner: Employee | None
) -> Contract:
    """Start what was chosen in a form: an edition, and a contract it is like or belongs to."""
    chosen = request.POST.get("form", "")
    if row_number(chosen) is None:
        raise Http404
    offered = TemplateEdition.objects.select_related("template").filter(
        pk=int(chosen), template__foreign=False, template__offered=True
    )
    edition = offered.first()
    if edition is None:
        raise Http404
    parent = named_contract(request.POST.get("parent", ""), viewer, client)
    if parent is not None and not may_belong(edition.template.kind, parent):
        raise Http404
    return start_contract(
        edition,
        client,
        by=viewer,
        at=at,
        owner=owner,
        like=named_contract(request.POST.get("like", ""), viewer, client),
        parent=parent,
    )


@require_POST
def take_last_page(request: HttpRequest, pk: int, clause: str) -> HttpResponse:
    """The words of last time instead of the form's new ones, as this side's change."""
    place = find_place(request, pk)
    try:
        take_last_wording(place.contract, clause, by=place.viewer, at=clock.now())
    except Gone:
        messages.warning(request, gettext("This clause has been deleted meanwhile."))
    return redirect(f"{place.base}/#c-{clause}")


def begin_again(place: Place) -> dict[str, Any] | None:
    """Of a withdrawn contract: where a new one with its text and values begins."""
    contract = place.contract
    if contract.case.state != ContractState.WITHDRAWN or contract.version is None:
        return None
    if contract.foreign_paper or not may_start_contract(place.viewer):
        return None
    edition = edition_in_force(contract.edition.template_id)
    if edition is None:
        return None
    url = reverse("room-start" if place.in_room else "desk-start")
    if not place.in_room:
        url = f"{url}?client={contract.case.client.whole_id}"
    return {"edition": edition, "url": url}


class PaperForm(forms.Form):
    """A Word file of the client's, and, where it has tracked changes, what to do with them."""

    file = forms.FileField(
        label=_("Your contract, a Word file (.docx)"),
        allow_empty_file=True,
        error_messages={"required": _("Please choose a file.")},
    )
    client_number = forms.CharField(label=_("Your number"), required=False, max_length=60)
    kept = forms.CharField(required=False, widget=forms.HiddenInput)
    revisions = forms.ChoiceField(
        label=_("Tracked changes in the file"),
        required=False,
        choices=[
            ("accept", _("Accept them: the text as it will be with the changes")),
            ("reject", _("Reject them: the text as it was before")),
        ],
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # A file that was taken and waits for an answer needs no second sending.
        self.fields["file"].required = not self.asks

    def ask_revisions(self, token: str, refused: Refused) -> None:
        """The file was taken and waits for an answer."""
        self.data = {**self.data.dict(), "kept": token}  # type: ignore[attr-defined]
        self.fields["file"].required = False
        self.fields["revisions"].required = True
        self.add_error("revisions", tracked_words(refused))

    @property
    def asks(self) -> bool:
        """Whether a file waits for what to do with its tracked changes."""
        return bool(self.data.get("kept"))


class Missing(Exception):
    """No file was chosen."""


def tracked_words(refused: Refused) -> str:
    """What was found in the file, by whom, and what is asked."""
    names = ", ".join(map(str, cast(Any, refused.params.get("authors", ()))))
    words = gettext("There are tracked changes in the file. Shall we accept or reject them?")
    return f"{words} {gettext('Changed by: %(names)s.') % {'names': names}}" if names else words


def begin_on_paper(
    form: PaperForm,
    client: Client,
    viewer: Viewer,
    *,
    at: datetime,
    owner: Callable[[], Employee | None] = lambda: None,
) -> Contract | None:
    """Start a contract on the client's paper; what stands in the way is said in the form."""
    if not form.is_valid():
        return None
    try:
        data = _paper(form, viewer)
        return start_on_client_paper(
            client,
            data,
            by=viewer,
            at=at,
            revisions=form.cleaned_data["revisions"] or "refuse",
            owner=owner(),
            client_number=form.cleaned_data["client_number"],
        )
    except Refused as refused:
        if refused.code == "tracked_changes":
            kept = keep_paper(data, by=viewer, at=at)
            form.ask_revisions(signing.dumps([kept.pk, viewer.user.pk], salt=SALT), refused)
        else:
            form.add_error("file", refusal_words(refused))
    except Missing:
        form.add_error("file", gettext("Please choose a file."))
    except NoFormYet:
        form.add_error(None, gettext("There is no form in force yet to compare the text with."))
    return None


def _paper(form: PaperForm, viewer: Viewer) -> bytes:
    """The bytes that were sent now, or those sent before that wait for an answer."""
    upload: UploadedFile[bytes] | None = form.cleaned_data.get("file")
    if upload is not None:
        if upload.size is not None and upload.size > MOST_BYTES:
            raise Refused("too_large", size=upload.size, limit=MOST_BYTES)
        return bytes(upload.read())
    if not form.cleaned_data["kept"]:
        raise Missing
    try:
        pk, user = signing.loads(form.cleaned_data["kept"], salt=SALT, max_age=KEPT_FOR)
    except signing.BadSignature:
        raise Refused("empty") from None
    if user != viewer.user.pk:
        raise Refused("empty")
    return read_file(File.objects.get(pk=pk))
