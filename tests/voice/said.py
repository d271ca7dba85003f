"""What tests of mentions say, and find."""

from datetime import datetime
from typing import Any

from tests.contracts.worlds import AT
from zabota.home.in_world import World
from zabota.journal.models import Entry
from zabota.voice.actions.note import Noted, Where, note_mention
from zabota.voice.gathering.found import Found
from zabota.voice.models import Mention

KIND = (
    "Заказывали освещение двора у Северного света. Привезли вовремя, смонтировали за два дня, за"
    " собой убрали. Прораб Игорь всё объяснил и оставил телефон. Соседи уже спрашивают, кто делал."
)
UNKIND = (
    "Третий раз обещают привезти светильники и не везут. Менеджер не перезванивает, на складе"
    " никто ничего не знает. Объект стоит, комиссия через неделю. Больше с ними не свяжусь никогда."
)


def noted(
    world: World,
    text: str = KIND,
    *,
    at: datetime = AT,
    link: str = "",
    author: str = "",
    by: str = "finance",
    where: Where | None = None,
    **more: Any,
) -> Noted:
    """A mention an employee enters."""
    found = Found(text=text, link=link, author=author, **more)
    return note_mention(found, where or Where(), by=world.as_staff(by), at=at)


def mention(world: World, text: str = KIND, **more: Any) -> Mention:
    """The same, as the row."""
    return Mention.objects.select_related("case").get(pk=noted(world, text, **more).mention.pk)


def fresh(row: Mention) -> Mention:
    """As it stands now."""
    related = ("case__client", "thanks", "contact", "thanked_by")
    return Mention.objects.select_related(*related).get(pk=row.pk)


def kinds(row: Mention) -> list[str]:
    """What is remembered of it, in order."""
    entries = Entry.objects.filter(stream__case=row.pk).order_by("seq")
    return [entry.kind for entry in entries]


def last_entry(row: Mention) -> Entry:
    """What was remembered last."""
    return Entry.objects.filter(stream__case=row.pk).order_by("-seq")[0]
