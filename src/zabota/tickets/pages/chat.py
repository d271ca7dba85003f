"""The chat on a site: a visitor writes without a name, and reads our answer within seconds."""

import hashlib
import json
import secrets
from datetime import datetime
from typing import Any

from django import forms
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from zabota.clients.actions import add_point
from zabota.common import clock
from zabota.common.files import read_file
from zabota.common.sending import sent_file
from zabota.outreach.actions import Arrival, begin_thread, look_at_thread
from zabota.outreach.models import ConsentText, Gate, GateKind, Thread
from zabota.people.models import Firm
from zabota.people.refusal import Refused
from zabota.tickets.actions.arrive import take_in
from zabota.tickets.models import RemarkFile
from zabota.tickets.pages.ask import AskForm, FileForm
from zabota.tickets.pages.embedded import (
    LEAST,
    POSTS,
    begin_mark,
    consent_of,
    framed,
    mark_of,
    open_gate_or_404,
    too_many_posts,
)
from zabota.tickets.pages.reached import ReachedField
from zabota.tickets.reading.chat import read_chat, would_answer_by

MONTH = 30 * 24 * 3600
# People write in short lines; of one network, in an hour.
LINES = 150


class ChatForm(AskForm):
    """The first words: a name and where to be answered later may be left out."""

    def __init__(self, gate: Gate, consent: ConsentText | None, *args: Any, **given: Any) -> None:
        super().__init__(gate, consent, *args, **given)
        self.fields["name"].required = False
        reached = ReachedField("either", required=False)
        reached.help_text = _("If you leave, we answer you there.")
        self.fields["reached"] = reached
        self.order_fields(["text", "name", "reached", "file", "agreed"])


class LineForm(FileForm):
    """What is said next."""

    def __init__(self, gate: Gate, *args: Any, **given: Any) -> None:
        super().__init__(gate, *args, **given)
        self.fields["text"].label = _("Your message")
        self.fields["text"].widget.attrs["rows"] = 2


class ReachForm(forms.Form):
    """Where to be answered by whoever does not stay."""

    reached = ReachedField("either")


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def chat_page(request: HttpRequest, key: str) -> HttpResponse:
    """Whoever was here goes on; whoever was not writes the first words."""
    gate, at = open_gate_or_404(key, GateKind.CHAT), clock.now()
    with translation.override(gate.language):
        if request.method != "POST" and (known := _known(request, gate)):
            return framed(redirect("chat-thread", key, known), gate)
        sent, consent = request.method == "POST", consent_of(gate)
        form = ChatForm(gate, consent, request.POST if sent else None, request.FILES or None)
        if (
            sent
            and form.is_valid()
            and _is_in_order(request, gate, form, at, LEAST.total_seconds(), begins=True)
        ):
            token = secrets.token_urlsafe(18)
            thread = begin_thread(gate, _outer(token), by=None, at=at)
            _take(request, gate, thread, form, at, agreed=consent)
            return _remembered(framed(redirect("chat-thread", key, token), gate), gate, token)
        works, due = would_answer_by(gate, _firm(request), at)
        context = {
            "gate": gate, "form": form, "mark": begin_mark(gate, at), "now": at, "works": works,
            "due": due,
        }  # fmt: skip
        status = 422 if form.errors else 200
        return framed(render(request, "tickets/public/chat.html", context, status=status), gate)


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def chat_thread(request: HttpRequest, key: str, token: str) -> HttpResponse:
    """The conversation; whoever has its address is in it."""
    gate, at = open_gate_or_404(key, GateKind.CHAT), clock.now()
    thread = _thread(gate, token)
    with translation.override(gate.language):
        sent = request.method == "POST"
        form = LineForm(gate, request.POST if sent else None, request.FILES or None)
        if sent and form.is_valid() and _is_in_order(request, gate, form, at, least=0):
            _take(request, gate, thread, form, at)
            return framed(redirect("chat-thread", key, token), gate)
        look_at_thread(thread, by=None, at=at)
        chat = read_chat(thread, _firm(request))
        if request.headers.get("X-Zabota-Live") and request.GET.get("seen") == chat.seen:
            return framed(HttpResponse(status=204), gate)
        context = {
            "gate": gate, "chat": chat, "form": form, "mark": begin_mark(gate, at), "now": at,
            "token": token, "reached": _reached(thread), "reach": ReachForm(), "thread": thread,
        }  # fmt: skip
        live = "#lines" if request.headers.get("X-Zabota-Live") else ""
        status = 422 if form.errors else 200
        page = render(request, f"tickets/public/chat_thread.html{live}", context, status=status)
        return framed(page, gate)


@csrf_exempt
@require_POST
def chat_reach(request: HttpRequest, key: str, token: str) -> HttpResponse:
    """Where to answer whoever does not stay."""
    gate, at = open_gate_or_404(key, GateKind.CHAT), clock.now()
    thread, form = _thread(gate, token), ReachForm(request.POST)
    with translation.override(gate.language):
        if (
            form.is_valid()
            and thread.contact is not None
            and not too_many_posts(request, gate, at, LINES)
        ):
            kind, value = form.cleaned_data["reached"]
            try:
                add_point(thread.contact, kind, value, by=None, at=at)
            except Refused as refused:
                form.add_error("reached", str(refused))
    tail = "?reach=again" if form.errors else ""
    return framed(redirect(f"/chat/{key}/{token}/{tail}"), gate)


@require_safe
def chat_file(request: HttpRequest, key: str, token: str, pk: int) -> HttpResponse:
    """A file of ours in this conversation."""
    gate = open_gate_or_404(key, GateKind.CHAT)
    shown = read_chat(_thread(gate, token), _firm(request))
    known = {number for line in shown.lines for number, _name in line.files}
    row = RemarkFile.objects.select_related("file").filter(pk=pk).first()
    if row is None or row.pk not in known:
        raise Http404
    return sent_file(read_file(row.file), row.name, "application/octet-stream")


def _take(
    request: HttpRequest,
    gate: Gate,
    thread: Thread,
    form: Any,
    at: datetime,
    agreed: ConsentText | None = None,
) -> None:
    given = form.cleaned_data
    mark = mark_of(gate, request.POST["mark"], at, 0)
    text = given["text"].replace("\r\n", "\n")
    name, reached = given.get("name", ""), given.get("reached", ("", ""))
    said = {"mark": mark, "name": name, "reached": reached, "text": text}
    raw = json.dumps(said, ensure_ascii=False).encode()
    file = given.get("file")
    arrival = Arrival(
        outer_id=f"{mark}-{hashlib.sha256(raw).hexdigest()[:16]}",
        text=text,
        raw=raw,
        reached_by=reached,
        name=name,
        files=(file,) if file else (),
        thread=thread,
    )
    take_in(gate, arrival, by=None, at=at, agreed=agreed)


def _is_in_order(
    request: HttpRequest,
    gate: Gate,
    form: forms.Form,
    at: datetime,
    least: float,
    *,
    begins: bool = False,
) -> bool:
    """Whether a person wrote it, not too often (each conversation that `begins` is a request of its
    own, as by a form); else the form says what is wrong.
    """
    many = too_many_posts(request, gate, at, LINES)
    if many or (begins and too_many_posts(request, gate, at, POSTS, "begun")):
        form.add_error(None, _("Too much was sent from here lately. Please try again in an hour."))
    elif request.POST.get("homepage") or not mark_of(gate, request.POST.get("mark", ""), at, least):
        form.add_error(None, _("Please press the button once more: we make sure a person writes."))
    return not form.errors


def _thread(gate: Gate, token: str) -> Thread:
    rows = Thread.objects.select_related("contact__user", "contact__client", "gate")
    thread = rows.filter(gate=gate, outer=_outer(token)).first()
    if thread is None:
        raise Http404
    return thread


def _reached(thread: Thread) -> bool:
    contact = thread.contact
    return contact is not None and contact.points.filter(removed_at=None).exists()


def _outer(token: str) -> str:
    """What is kept of the address of a conversation: nobody gets into it from the database."""
    return hashlib.sha256(token.encode()).hexdigest()


def _cookie(gate: Gate) -> str:
    return f"zabota-chat-{gate.pk}"


def _known(request: HttpRequest, gate: Gate) -> str:
    """The conversation this browser was in, signed by us."""
    token = request.get_signed_cookie(_cookie(gate), "", salt="chat", max_age=MONTH) or ""
    there = token and Thread.objects.filter(gate=gate, outer=_outer(token)).exists()
    return token if there else ""


def _remembered(response: HttpResponse, gate: Gate, token: str) -> HttpResponse:
    """In a frame of another site a cookie comes back only where it says so, over HTTPS."""
    secure = settings.SECURE_COOKIES
    response.set_signed_cookie(
        _cookie(gate), token, salt="chat", max_age=MONTH, path=f"/chat/{gate.key}/",
        secure=secure, httponly=True, samesite="None" if secure else "Lax",
    )  # fmt: skip
    return response


def _firm(request: HttpRequest) -> Firm:
    firm: Firm = request.firm  # type: ignore[attr-defined]
    return firm
