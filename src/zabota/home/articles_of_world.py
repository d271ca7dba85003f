"""Articles of the sample firm: four for clients, one for our people; each in both languages."""

from datetime import datetime

from zabota.home.in_world import World
from zabota.tickets.actions import WrittenArticle, publish_article, write_article

# For whom, to which kinds of requests; title and text in Russian, title and text in English.
ARTICLES = (
    ("both", ["problem"],
     "Светильник не горит: что проверить до приезда мастера",
     "Посмотрите, горят ли соседние светильники той же линии. Если не горит вся линия, дело "
     "чаще всего в автомате или в реле: проверьте, включён ли автомат и не сбилось ли время на "
     "реле.\n\n"
     "Если не горит один светильник, выключите линию, подождите минуту и включите снова: блок "
     "питания, ушедший в защиту после грозы, обычно просыпается сам.\n\n"
     "Не открывайте корпус: на светильник действует гарантия, и вскрытый корпус её прекращает. "
     "Напишите нам номер с этикетки и приложите снимок: мастер приедет сразу с заменой.",
     "A luminaire is dark: what to check before we come",
     "See whether its neighbours on the same line are lit. If the whole line is dark, it is "
     "most often the breaker or the relay: check that the breaker is on and that the clock of "
     "the relay is right.\n\n"
     "If a single luminaire is dark, switch the line off, wait a minute and switch it on "
     "again: a power supply that went into protection after a thunderstorm usually wakes up by "
     "itself.\n\n"
     "Please do not open the case: it is under guarantee, and opening it ends that. Write us "
     "the number on its label and add a photograph: whoever comes will bring a replacement at "
     "once."),
    ("both", ["problem", "question"],
     "Как принять груз и что проверить, пока водитель не уехал",
     "Пересчитайте места и сравните их с накладной. Осмотрите упаковку: мятый угол и влажный "
     "картон стоит сфотографировать ещё в кузове.\n\n"
     "Если чего-то не хватает или упаковка повреждена, напишите об этом в накладной обоих "
     "экземпляров: «принято с повреждением», сколько мест и каких. Водитель ставит подпись "
     "рядом.\n\n"
     "Пришлите нам снимки и накладную в тот же день. Замену мы отправляем, не дожидаясь "
     "выяснения, кто виноват.",
     "How to receive a delivery, and what to check before the driver leaves",
     "Count the packages and compare them with the waybill. Look at the packing: a crushed "
     "corner or damp cardboard is best photographed while it is still in the truck.\n\n"
     "If something is missing or damaged, write so on both copies of the waybill: “received "
     "damaged”, how many packages and which. The driver signs beside it.\n\n"
     "Send us the pictures and the waybill the same day. We send the replacement without "
     "waiting to learn whose fault it was."),
    ("both", ["question"],
     "Как перенести отгрузку",
     "До отгрузки больше двух рабочих дней: напишите в обращении новую дату и адрес, и мы "
     "подтвердим её в тот же день. Это ничего не стоит.\n\n"
     "Осталось меньше двух дней: машина, возможно, уже загружена. Напишите всё равно: чаще "
     "всего мы успеваем договориться с перевозчиком, а если простой будет платным, скажем об "
     "этом заранее.\n\n"
     "Склад переезжает? Пришлите новый адрес, часы приёмки и телефон того, кто встречает груз.",
     "How to move a shipment to another day",
     "More than two working days before it leaves: write us the new date and address, and we "
     "confirm it the same day. It costs nothing.\n\n"
     "Less than two days: the truck may be loaded already. Write all the same: most often we "
     "manage to agree with the carrier, and if waiting is to be paid, we say so beforehand.\n\n"
     "Is your warehouse moving? Send the new address, the receiving hours and the phone of "
     "whoever meets the goods."),
    ("both", ["question"],
     "Оригиналы документов: где они и как получить дубликат",
     "Счёт-фактура и накладная едут вместе с грузом. Акт и договор мы отправляем письмом с "
     "уведомлением в день подписания; номер отправления стоит в карточке договора в вашем "
     "кабинете.\n\n"
     "Если документы не пришли за десять рабочих дней, напишите нам: дубликат отправим в тот "
     "же день, а скан будет у вас через час.",
     "Originals of papers: where they are and how to get a duplicate",
     "The invoice and the waybill travel with the goods. The act and the contract we send by "
     "recorded post on the day they are signed; the tracking number stands in the contract’s "
     "page in your room.\n\n"
     "If they have not come within ten working days, write to us: a duplicate leaves the same "
     "day, and you have the scan within an hour."),
    ("ours", ["complaint", "problem"],
     "Что можно пообещать клиенту, никого не спрашивая",
     "Замену неисправного светильника в течение гарантии, отдельную машину за наш счёт, если "
     "опоздали мы, и звонок руководителя в течение часа — всегда.\n\n"
     "Скидку и денежную компенсацию — в пределах своих полномочий, через «Сверх правил»: там "
     "же видно, чьё решение нужно, если полномочий не хватает.\n\n"
     "Не обещайте того, что зависит от перевозчика, поставщика или погоды: назовите время, "
     "когда будете знать точно, и сдержите его.",
     "What may be promised to a client without asking anybody",
     "A replacement under guarantee, another car at our own cost if it is we who are late, and "
     "a call from your lead within an hour: always.\n\n"
     "A discount or money: within your own power, by “Beyond the rules”; there you also see "
     "whose decision it takes where your power does not reach.\n\n"
     "Do not promise what hangs on a carrier, a supplier or the weather: name the time when "
     "you will know, and keep it."),
)  # fmt: skip


def build_articles(world: World, at: datetime) -> None:
    """Written and published by the director."""
    director = world.as_staff("director")
    for audience, kinds, title_ru, text_ru, title_en, text_en in ARTICLES:
        written = WrittenArticle(
            audience=audience,
            kinds=kinds,
            title_ru=title_ru,
            text_ru=text_ru,
            title_en=title_en,
            text_en=text_en,
        )
        publish_article(write_article(None, written, by=director, at=at), by=director, at=at)
