"""What a bot was told becomes an arrival like any other; a link from the room says whose it is."""

import json
import logging
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils import translation
from django.utils.translation import gettext

from zabota.outreach.actions.arrive import Arrival, receive_words
from zabota.outreach.actions.receive import Arrived
from zabota.outreach.actions.store import make_message
from zabota.outreach.actions.threads import begin_thread, link_thread, was_linked_by
from zabota.outreach.bot import Bot, BotFault
from zabota.outreach.letters.letter import Attachment
from zabota.outreach.models import Gate, Message, Thread

log = logging.getLogger(__name__)

# What may be attached, and how a file that bears no name is called.
FILES = {
    "document": "file.bin",
    "voice": "voice.ogg",
    "audio": "audio.mp3",
    "video": "video.mp4",
    "video_note": "video.mp4",
    "photo": "photo.jpg",
}
START = "/start"


def receive_update(
    gate: Gate, update: Mapping[str, Any], bot: Bot, *, by: None, at: datetime
) -> Arrived | None:
    """One update of a bot: what a person wrote to it alone is taken in; machines, groups and what
    says nothing are passed over. However it is made, it stops nobody.
    """
    number = update.get("update_id")
    # Numbers may come out of turn, and begin anew after a quiet week: what came before is known by
    # the message itself.
    if not isinstance(number, int) or number == gate.last_update:
        return None
    try:
        arrived = _take(gate, update.get("message") or _edited(gate, update), bot, at)
    except (KeyError, TypeError, ValueError, AttributeError):
        log.exception("an update of bot %s could not be read", gate.pk)
        arrived = None
    Gate.objects.filter(pk=gate.pk).update(last_update=number)
    gate.last_update = number
    return arrived


def _take(gate: Gate, said: Any, bot: Bot, at: datetime) -> Arrived | None:
    if not isinstance(said, dict) or said["chat"].get("type") != "private":
        return None
    who = said["from"]
    if who.get("is_bot"):
        return None
    thread = begin_thread(gate, str(int(said["chat"]["id"])), by=None, at=at)
    text = str(said.get("text") or said.get("caption") or "").replace("\0", "").strip()
    if text.split(" ", 1)[0] == START:
        _started(thread, text.removeprefix(START).strip(), at)
        return None
    names = (who.get("first_name"), who.get("last_name"))
    arrival = Arrival(
        outer_id=f"{thread.outer}:{int(said['message_id'])}" + _which(said),
        text=text,
        raw=json.dumps(said, ensure_ascii=False).encode(),
        reached_by=("messenger", f"telegram:{int(who['id'])}"),
        name=" ".join(str(one) for one in names if one) or str(who.get("username") or ""),
        files=_files(said, bot),
        thread=_fresh(thread),
        answers=_answered(gate, thread, said.get("reply_to_message")),
    )
    if not text and not arrival.files:
        return None
    return receive_words(gate, arrival, by=None, at=at)


def _which(said: Mapping[str, Any]) -> str:
    """Of several wordings of one message which it is."""
    return f":{said['edited']}" if "edited" in said else ""


def _edited(gate: Gate, update: Mapping[str, Any]) -> dict[str, Any] | None:
    """What a person put right in their own words, as one more line: we may have answered the first
    already. Files were sent along with that.
    """
    said = update.get("edited_message")
    if not isinstance(said, dict) or not (words := said.get("text") or said.get("caption")):
        return None
    with translation.override(gate.language):
        text = gettext("Corrected: %(words)s") % {"words": words}
    plain = {name: value for name, value in said.items() if name not in FILES}
    return {**plain, "text": text, "edited": int(said.get("edit_date") or 0)}


def _fresh(thread: Thread) -> Thread:
    return Thread.objects.select_related("contact__user", "contact__client").get(pk=thread.pk)


def _answered(gate: Gate, thread: Thread, answered: Any) -> Message | None:
    """The message of ours it answers."""
    number = answered.get("message_id") if isinstance(answered, dict) else None
    if not isinstance(number, int):
        return None
    sent = Message.objects.filter(gate=gate, address=thread.outer, outer_id=str(number))
    return sent.order_by("pk").first()


def _files(said: Mapping[str, Any], bot: Bot) -> tuple[Attachment, ...]:
    """What was sent along, as far as the server gives it out; of a picture the largest."""
    found = []
    for kind, usual in FILES.items():
        sent = said.get(kind)
        one = sent[-1] if isinstance(sent, list) and sent else sent
        if not isinstance(one, dict):
            continue
        name = str(one.get("file_name") or usual)[:200]
        try:
            data = bot.file(str(one["file_id"]))
        except BotFault as fault:
            if not fault.for_good:
                raise
            log.warning("a file of a bot's message was not given out: %s", fault)
            continue
        media_type = str(one.get("mime_type") or "application/octet-stream")[:100]
        found.append(Attachment(name, media_type, data))
    return tuple(found)


def _started(thread: Thread, code: str, at: datetime) -> None:
    """Whoever comes by a link from the room is known from now on; each is greeted, once a link."""
    if code and was_linked_by(thread, code):
        return
    contact = link_thread(thread, code, by=None, at=at) if code else None
    greeted = Message.objects.filter(gate=thread.gate_id, address=thread.outer, purpose="bot_hello")
    if contact is None and not code and greeted.exists():
        return
    purpose = "bot_hello" if not code else "bot_linked" if contact else "bot_link_over"
    message = make_message(None, purpose, thread.outer, at=at)
    message.channel, message.gate = thread.gate.kind, thread.gate
    message.to = contact.user if contact is not None else None
    message.save(force_insert=True)
