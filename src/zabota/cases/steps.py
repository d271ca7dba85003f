"""The steps of a script, and the places for a client's data in what is said (plain values)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from zabota.common.language.tokens import Place, check_tokens

LANGUAGES = ("ru", "en")
PARTS = ("title", "ask", "say")
# What may stand in words to a client: nothing that only colleagues know.
PLACES = (
    Place("client.name", "клиент", "company"),
    Place("person.first", "имя", "person"),
    Place("person.name", "имя.полностью", "person"),
    Place("person.position", "должность", "position"),
    Place("firm.name", "фирма", "company"),
    Place("me.name", "сотрудник", "person"),
    Place("me.position", "сотрудник.должность", "position"),
    Place("me.phone", "сотрудник.телефон"),
    Place("case.number", "номер"),
    Place("case.title", "тема"),
    Place("case.due", "срок"),
    Place("today", "сегодня"),
)


@dataclass(frozen=True)
class Step:
    """What to do, what to ask, what to say, each by language; a language left out is blank."""

    title: Mapping[str, str]
    ask: Mapping[str, str]
    say: Mapping[str, str]

    def part(self, name: str, language: str) -> str:
        """The words of a part in a language; in the other, where it was never written in that."""
        words: Mapping[str, str] = getattr(self, name)
        return words.get(language) or next((words[one] for one in LANGUAGES if words.get(one)), "")

    def spoken(self, name: str, language: str) -> str:
        """In which language a part is there, if this one is wished for."""
        words: Mapping[str, str] = getattr(self, name)
        return language if words.get(language) else next((o for o in LANGUAGES if words.get(o)), "")


def steps_of(content: Mapping[str, Any]) -> list[Step]:
    """The steps as an edition keeps them."""
    return [Step(**{name: row[name] for name in PARTS}) for row in content["steps"]]


def content_of(steps: Iterable[Step]) -> dict[str, Any]:
    """The steps as an edition keeps them; blank words are left out."""
    return {
        "steps": [
            {
                name: {tongue: said for tongue, said in getattr(step, name).items() if said}
                for name in PARTS
            }
            for step in steps
        ]
    }


def check_steps(steps: Iterable[Step]) -> None:
    """`WrongToken` for the first place in what is asked or said that cannot be filled."""
    for step in steps:
        for words in (*step.ask.values(), *step.say.values()):
            check_tokens(words, PLACES)
