"""What is written of the sample firm: kind and unkind, read and heard, thanked and waiting."""

from datetime import datetime, timedelta

from zabota.home.in_world import World
from zabota.voice.actions.manners import set_manners
from zabota.voice.actions.note import Where, note_mention
from zabota.voice.actions.sources import add_source
from zabota.voice.actions.thank import thank_author
from zabota.voice.gathering.found import Found
from zabota.voice.models import Mention, PlaceKind, Source, Thanks, Way

KIND = (
    "Заказывали свет для двора. Привезли в срок, смонтировали за два дня и убрали за собой."
    " Вечером вышли с детьми — как днём. Спасибо бригаде!",
    "We ordered lights for our courtyard. Delivered on time, mounted in two days, everything"
    " cleaned up. In the evening the children could not believe it was dark. Thanks to the team!",
)
UNKIND = (
    "Вторую неделю жду замену лампы по гарантии. Обещали перезвонить в четверг, сегодня вторник."
    " Светят хорошо, а вот дозвониться до людей невозможно.",
    "The second week I am waiting for a lamp to be replaced under warranty. They promised to call"
    " back on Thursday, now it is Tuesday. The lamps are fine, reaching people is not.",
)
NAMED = (
    "Работаем с ними третий год, поставка по договору и до минуты. Минус один: счета приходится"
    " просить дважды. ООО «Ромашка», Анна.",
    "Third year with them, deliveries to the minute. One minus: we have to ask twice for every"
    " invoice. Romashka, Anna.",
)
HEARD = (
    "Две женщины у фонтана: «Это те, что наш подъезд осветили? Хорошо сделали».",
    "Two women at the fountain: “Are those the people who lit our entrance? Well done.”",
)
THANKS = (
    "Марина, спасибо, что нашли время написать. Бригада прочла и просила передать: дети — лучшая"
    " приёмка. «Северный свет»",
    "Marina, thank you for taking the time to write. The team read it and asked to tell you:"
    " children are the best acceptance test. Severny Svet",
)
NAMES = (("Марина Лебедева", "Marina Lebedeva"), ("Игорь В.", "Igor V."), ("Анна К.", "Anna K."))
PLACE = ("Парк у фонтана", "The park, at the fountain")


def build_mentions(world: World, at: datetime) -> None:
    """Made by the same actions as people use."""
    here = int(world.firm.language == "en")
    begun = at - timedelta(days=20)
    set_manners(480, world.teams["sales"], by=world.staff["director"].user, at=begun)
    service = add_source("table", {"name": "YouScan", "place_kind": "reviews"}, by=None, at=begun)
    add_source("hook", {"name": "Brand Analytics", "place_kind": "social"}, by=None, at=begun)
    kind = _found(KIND[here], NAMES[0][here], "https://otzovik.com/review_14207731.html", 5)
    row = _note(world, kind, service, at - timedelta(days=4))
    # An aggregator tells the same, cut off.
    again = _found(f"{KIND[here][:120]}…", "", "https://otzyvy-o-svete.example/r/881", None)
    _note(world, again, service, at - timedelta(days=3, hours=22))
    manager = world.as_staff("manager")
    thank_author(row, THANKS[here], Thanks.PUBLIC, by=manager, at=at - timedelta(days=3, hours=20))
    unkind = _found(UNKIND[here], NAMES[1][here], "https://yandex.ru/maps/org/severny/77/r", 2)
    _note(world, unkind, service, at - timedelta(hours=3))
    named = _found(NAMED[here], NAMES[2][here], "https://vk.com/wall-100200_317", None)
    _note(world, named, None, at - timedelta(hours=2))
    heard = Where(Way.HEARD, PlaceKind.HEARD, PLACE[here])
    note_mention(
        Found(text=HEARD[here]), heard, by=world.as_staff("finance"), at=at - timedelta(hours=1)
    )


def _found(text: str, author: str, link: str, rating: int | None) -> Found:
    return Found(text=text, author=author, link=link, rating=rating)


def _note(world: World, found: Found, source: Source | None, at: datetime) -> Mention:
    where = Where(Way.SOURCE, source=source) if source else Where()
    by = None if source else world.as_staff("manager")
    return note_mention(found, where, by=by, at=at).mention
