"""Ready answers of the sample firm: two for everybody, one of the manager's own."""

from datetime import datetime

from zabota.home.in_world import World
from zabota.tickets.actions import KeptAnswer, set_macro

SHARED = (
    KeptAnswer(
        name_ru="Приняли, разбираемся",
        name_en="We have it and are at work",
        text_ru="{{имя}}, здравствуйте! Обращение {{номер}} у меня, разбираюсь. До {{срок}} "
        "напишу, что выяснилось, даже если к этому часу закончу не всё.\n\n"
        "{{сотрудник}}, {{фирма}}",
        text_en="Hello, {{person.first}}. I have your request {{case.number}} and am at work on "
        "it. By {{case.due}} I will write what I found, even if not everything is done by then.\n\n"
        "{{me.name}}, {{firm.name}}",
        priority="",
        team=None,
        outcome="",
    ),
    KeptAnswer(
        name_ru="Передаём логистам",
        name_en="Over to logistics",
        text_ru="{{имя}}, здравствуйте! Вашим вопросом займутся логисты: у них перед глазами склад "
        "и машины, и ответят они точнее меня. Повторять ничего не нужно, всё уже у них.",
        text_en="Hello, {{person.first}}. Our logistics people take it from here: they have the "
        "warehouse and the trucks before their eyes and will answer better than I can. You need "
        "not explain anything again.",
        priority="high",
        team=None,
        outcome="",
    ),
)
OWN = KeptAnswer(
    name_ru="Заменили и проверили",
    name_en="Replaced and checked",
    text_ru="{{имя}}, заменили и проверили на месте: всё работает. Спасибо, что сказали сразу: так "
    "мы успели до того, как это стало неудобством для {{клиент: родительный}}.",
    text_en="{{person.first}}, it has been replaced and checked on the spot: everything works. "
    "Thank you for telling us at once.",
    priority="",
    team=None,
    outcome="solved",
)


def build_macros(world: World, at: datetime) -> None:
    """Kept by the same action as people use."""
    for kept in SHARED:
        goes_on = kept["priority"] == "high"
        team = world.teams["logistics"] if goes_on else None
        set_macro(None, {**kept, "team": team}, by=world.as_staff("director"), at=at)
    manager = world.as_staff("manager")
    set_macro(None, OWN, by=manager, at=at, owner=manager.employee)
