"""The form on a site: anybody writes, and reads at once what happens next and by when."""

import hashlib
import json
from datetime import datetime
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from zabota.clients.actions.persons import address_mark
from zabota.common import clock
from zabota.common.files import TooLarge
from zabota.common.upload_words import too_large, wrong_kind
from zabota.common.uploads import NotWhatItSays, check_kind, safe_name
from zabota.outreach.actions import Arrival
from zabota.outreach.letters.letter import Attachment
from zabota.outreach.models import ConsentText, Gate, GateKind, Received
from zabota.outreach.tokens import link_token, token_row
from zabota.people.actions.throttle import count_try
from zabota.people.firm import current_firm
from zabota.people.throttle import is_throttled
from zabota.tickets.actions.arrive import take_in
from zabota.tickets.actions.words import LONGEST
from zabota.tickets.pages.embedded import (
    begin_mark,
    consent_of,
    framed,
    mark_of,
    open_gate_or_404,
    too_many_posts,
)
from zabota.tickets.pages.reached import ReachedField
from zabota.tickets.who import who_is_told

# Of an anonymous sender; whoever has more to show writes a letter.
LARGEST = 10 * 1024 * 1024
# Receipts to one address, which nobody has proved to be the sender's, in an hour.
RECEIPTS = 3


class FileForm(forms.Form):
    """Words, and a file where the gate takes one."""

    text = forms.CharField(
        label=gettext_lazy("Tell us"), max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 5})
    )

    def __init__(self, gate: Gate, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        if gate.options.get("file"):
            self.fields["file"] = forms.FileField(label=_("Add a file"), required=False)

    def clean_file(self) -> Attachment | None:
        """A file of a kind we take, not too large."""
        sent: UploadedFile[bytes] | None = self.cleaned_data.get("file")
        if sent is None:
            return None
        size, name = sent.size or 0, safe_name(sent.name or "")
        if size > LARGEST:
            raise forms.ValidationError(too_large(TooLarge(size, LARGEST)))
        data = sent.read()
        try:
            check_kind(name, data)
        except NotWhatItSays as other:
            raise forms.ValidationError(wrong_kind(other)) from None
        return Attachment(name, (sent.content_type or "application/octet-stream")[:100], data)


class AskForm(FileForm):
    """What the firm asks at this gate."""

    name = forms.CharField(
        label=gettext_lazy("Your name"),
        max_length=100,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )

    def __init__(self, gate: Gate, consent: ConsentText | None, *args: Any, **given: Any) -> None:
        super().__init__(gate, *args, **given)
        self.fields["reached"] = ReachedField(gate.options.get("asks", "either"))
        self.consent = consent
        if consent is not None:
            self.fields["agreed"] = forms.BooleanField(
                label=consent.text,
                error_messages={"required": _("Without your consent we may not take this.")},
            )
        self.order_fields(["name", "reached", "text", "file", "agreed"])


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def ask_page(request: HttpRequest, key: str) -> HttpResponse:
    """The form in its own language; works without JavaScript."""
    gate, at = open_gate_or_404(key, GateKind.FORM), clock.now()
    with translation.override(gate.language):
        sent, consent = request.method == "POST", consent_of(gate)
        form = AskForm(gate, consent, request.POST if sent else None, request.FILES or None)
        if sent and _is_in_order(request, gate, form, at):
            row = _take(request, gate, form, at)
            return framed(redirect("ask-done", key, link_token("asked", row.pk)), gate)
        context = {"gate": gate, "form": form, "mark": begin_mark(gate, at), "now": at}
        status = 422 if form.errors else 200
        return framed(render(request, "tickets/public/ask.html", context, status=status), gate)


@require_safe
def ask_done_page(request: HttpRequest, key: str, token: str) -> HttpResponse:
    """The receipt: under which number, what happens next and by when; not a word of what was
    said.
    """
    gate, at = open_gate_or_404(key, GateKind.FORM), clock.now()
    row = (
        Received.objects.filter(gate=gate, pk=token_row("asked", token) or 0)
        .select_related(
            "case__ticket__reply",
            "case__ticket__team",
            "case__ticket__taken_by__user",
            "case__ticket__taken_by__team",
        )
        .first()
    )
    if row is None:
        raise Http404
    with translation.override(gate.language):
        ticket = _ticket_of(row)
        who = who_is_told(ticket, current_firm(), gate.language) if ticket else ""
        context = {"gate": gate, "row": row, "ticket": ticket, "who": who, "now": at}
        return framed(render(request, "tickets/public/asked.html", context), gate)


def _is_in_order(request: HttpRequest, gate: Gate, form: AskForm, at: datetime) -> bool:
    """Whether a person wrote it and everything is there; else the form says what is wrong."""
    if not form.is_valid():
        return False
    _kind, value = form.cleaned_data["reached"]
    address = f"asked-receipt:{address_mark(value)}"
    if too_many_posts(request, gate, at) or is_throttled(address, RECEIPTS, at=at):
        form.add_error(None, _("Too much was sent from here lately. Please try again in an hour."))
    elif request.POST.get("homepage") or not mark_of(gate, request.POST.get("mark", ""), at):
        form.add_error(None, _("Please press the button once more: we make sure a person writes."))
    else:
        count_try(address, minutes=60, at=at)
    return not form.errors


def _take(request: HttpRequest, gate: Gate, form: AskForm, at: datetime) -> Received:
    given = form.cleaned_data
    mark = mark_of(gate, request.POST["mark"], at)
    text = given["text"].replace("\r\n", "\n")
    said = {"mark": mark, "name": given["name"], "reached": given["reached"], "text": text}
    raw = json.dumps(said, ensure_ascii=False).encode()
    arrival = Arrival(
        # The same words pressed twice are one request, other words another.
        outer_id=f"{mark}-{hashlib.sha256(raw).hexdigest()[:16]}",
        text=text,
        raw=raw,
        reached_by=given["reached"],
        name=given["name"],
        files=(given["file"],) if given.get("file") else (),
    )
    return take_in(gate, arrival, by=None, at=at, agreed=form.consent)


def _ticket_of(row: Received) -> Any:
    return row.case.ticket if row.case is not None else None
