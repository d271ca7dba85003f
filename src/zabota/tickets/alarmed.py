"""Who is told of an escalation, and in which words: the client's own are read where they stand."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from django.utils import translation

from zabota.journal.kinds import Notice
from zabota.journal.models import Entry
from zabota.tickets.alarms import Found, quote
from zabota.tickets.models import Alarm, Meaning


def page_of(alarm: int) -> str:
    """Where it is taken up."""
    return f"/desk/alarms/{alarm}/"


def quoted(alarm: Alarm) -> str:
    """The client's words that made it so; nothing where it was not for words."""
    if alarm.remark is None:
        return ""
    return quote(alarm.remark.text, Found(alarm.begins, alarm.ends))


def meaning_in_words(facts: Mapping[str, Any], language: str) -> Mapping[str, Any]:
    """A meaning is kept by its code and read in the reader's language."""
    with translation.override(language):
        return {"meaning": str(Meaning(facts["meaning"]).label)}


def who_is_alarmed(entry: Entry) -> Iterator[Notice]:
    """The person named for it; the letter says the client's words."""
    alarm = Alarm.objects.select_related("remark").get(pk=entry.facts["alarm"])
    yield Notice(entry.facts["to"]["user"], "alarm", page_of(alarm.pk), words=_words(alarm))


def _words(alarm: Alarm) -> dict[str, str]:
    said = quoted(alarm)
    return {"ru": f"\n«{said}»", "en": f"\n“{said}”"} if said else {}


def those_alarmed(purpose: str) -> Callable[[Entry], Iterator[Notice]]:
    """Whoever was told before."""

    def told(entry: Entry) -> Iterator[Notice]:
        alarm = Alarm.objects.select_related("remark").get(pk=entry.facts["alarm"])
        for user in entry.facts["called"]:
            yield Notice(user, purpose, page_of(alarm.pk), words=_words(alarm))

    return told
