"""Scripts of the sample firm: an angry client, a delivery that is late."""

from datetime import datetime

from zabota.cases.actions import WrittenScript, set_script
from zabota.cases.steps import Step
from zabota.home.in_world import World
from zabota.people.actions import grant_power
from zabota.people.models import PowerKind

# A step: its title, what to ask, what to say; each in Russian and in English.
ANGRY = (
    (("Дать выговориться", "Let them speak"),
     ("Что случилось и когда? Кого это уже коснулось?",
      "What happened, and when? Whom has it hurt already?"),
     ("{{имя}}, здравствуйте! Это {{сотрудник}}, «{{фирма}}». Спасибо, что сказали прямо. "
      "Слушаю вас и не прерываю: мне нужно понять, что случилось.",
      "Hello, {{person.first}}. This is {{me.name}} of {{firm.name}}. Thank you for telling us "
      "plainly. I am listening: I want to understand what happened.")),
    (("Признать и извиниться", "Own it and apologise"),
     ("", ""),
     ("Так быть не должно. Простите нас. Что бы ни было причиной, дальше за это отвечаю я, и "
      "объяснять всё заново другому человеку вам не придётся.",
      "It should not be like this. I am sorry. Whatever the cause, from here on it is mine, and "
      "you will not have to explain it all again to somebody else.")),
    (("Узнать, что важнее всего", "Learn what matters most"),
     ("Что нужно исправить раньше всего и к какому часу?",
      "What has to be put right first, and by what hour?"),
     ("", "")),
    (("Назвать срок и сдержать его", "Name a time and keep it"),
     ("", ""),
     ("Мой ответ будет у вас до {{срок}}, даже если к этому часу работа ещё не кончится. Номер "
      "вашего обращения — {{номер}}.",
      "You will hear from me by {{case.due}}, even if by then the work is not over. Your request "
      "is {{case.number}}.")),
)  # fmt: skip
LATE = (
    (("Сказать, что знаем", "Say that we know"),
     ("По какому адресу и к какому часу ждёте груз? Кто его встречает?",
      "At which address and by what hour do you expect it? Who receives it?"),
     ("{{имя}}, здравствуйте! Выясняем, где сейчас груз для {{клиент: родительный}}, и вернёмся с "
      "точным временем до {{срок}}.",
      "Hello, {{person.first}}. We are finding out where the goods for {{client.name}} are now "
      "and will come back with the exact time by {{case.due}}.")),
    (("Назвать новое время", "Name the new time"),
     ("Сможете ли вы принять груз в это время?", "Can you receive it then?"),
     ("Машина будет у вас … Если что-нибудь изменится, вы узнаете об этом от нас раньше, чем "
      "успеете спросить.",
      "The truck will be with you at … If anything changes, you will hear it from us before you "
      "have to ask.")),
    (("Предложить замену", "Offer something instead"),
     ("Что из груза нужнее всего?", "Which part of it is needed most?"),
     ("Если ждать нельзя, самое срочное привезём отдельной машиной за наш счёт.",
      "If it cannot wait, we bring the most urgent part by another car at our own cost.")),
)  # fmt: skip
SCRIPTS = (
    ("Рассерженный клиент", "An angry client", ["complaint", "problem"], True, ANGRY),
    ("Доставка опаздывает", "A delivery is late", ["problem", "question"], False, LATE),
)


def build_scripts(world: World, at: datetime) -> None:
    """Written by the director; the manager was trained for angry clients."""
    director = world.as_staff("director")
    for name_ru, name_en, occasions, trained_only, steps in SCRIPTS:
        written = WrittenScript(
            name_ru=name_ru,
            name_en=name_en,
            occasions=occasions,
            trained_only=trained_only,
            steps=[_step(*step) for step in steps],
        )
        script = set_script(None, written, by=director, at=at)
        if trained_only:
            trained = world.staff["manager"]
            grant_power(trained, PowerKind.TALK, by=None, at=at, concern=script.concern)


def _step(*parts: tuple[str, str]) -> Step:
    return Step(*({"ru": ru, "en": en} for ru, en in parts))
