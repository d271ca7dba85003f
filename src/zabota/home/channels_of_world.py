"""Ways in of the sample firm: a form and a chat on its site, a telephone exchange. No bot: the
sample firm talks to nobody outside.
"""

import json
from datetime import datetime, timedelta
from typing import Any

from zabota.home.in_world import World
from zabota.outreach.actions import Arrival, begin_thread, open_gate
from zabota.tickets.actions.arrive import take_in
from zabota.tickets.actions.calls import hear_of_call
from zabota.tickets.calls import Notice
from zabota.tickets.models import TicketType

SITE = "https://severny-svet.example"
CONSENT = (
    "Согласен на обработку моих персональных данных, чтобы мне ответили на это обращение.",
    "I agree that my personal data is used to answer this request.",
)
CALLER = "+79261112233"
PHONE: dict[str, Any] = {
    "event": "event", "call": "call.id", "caller": "call.from", "callee": "call.to",
    "recording": "call.record", "ringing": "ringing, incoming", "answered": "answered",
    "ended": "hangup", "missed": "missed", "minutes": 30,
}  # fmt: skip


def build_channels(world: World, at: datetime) -> None:
    """Made by the same actions as people use."""
    english = world.firm.language == "en"
    question = TicketType.objects.get(slug="question").pk
    named = ("Site form", "Chat", "Phone") if english else ("Сайт", "Чат", "Телефония")

    def gate(kind: str, name: str, consent: str = "", **options: Any) -> Any:
        fields: Any = {
            "name": name, "language": world.firm.language, "consent": consent,
            "options": {"kind": question, **options},
        }  # fmt: skip
        return open_gate(kind, fields, by=None, at=at - timedelta(days=20))

    form = gate("form", named[0], CONSENT[english], sites=[SITE], asks="either", file=True)
    chat = gate("chat", named[1], sites=[SITE], file=True)
    phone = gate("phone", named[2], **PHONE)
    _ask(form, english, at - timedelta(minutes=50))
    _chat(chat, english, at - timedelta(minutes=12))
    notice = Notice("7001", "missed", "missed", CALLER, "", "")
    hear_of_call(phone, notice, by=None, at=at - timedelta(minutes=9))


def _ask(gate: Any, english: bool, at: datetime) -> None:
    text = (
        "Do you light courtyards, too? We have two in Tver, about forty poles."
        if english
        else "Освещаете ли вы дворы? У нас два двора в Твери, опор сорок."
    )
    name = "Helen Frost" if english else "Елена Морозова"
    reached = ("email", "frost@dvory-tver.example")
    raw = json.dumps({"name": name, "text": text}, ensure_ascii=False).encode()
    arrival = Arrival("sample-form", text, raw, reached_by=reached, name=name)
    take_in(gate, arrival, by=None, at=at, agreed=gate.consents.order_by("-pk").first())


def _chat(gate: Any, english: bool, at: datetime) -> None:
    text = "Do you work on Saturday?" if english else "В субботу работаете?"
    thread = begin_thread(gate, "sample-chat", by=None, at=at)
    raw = json.dumps({"text": text}, ensure_ascii=False).encode()
    take_in(gate, Arrival("sample-chat", text, raw, thread=thread), by=None, at=at)
