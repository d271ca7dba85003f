"""Sentences of the history: what is not known is not said, and nobody is named twice."""

import pytest

from zabota.journal.reading import _said

APPROVED = "Согласовано[: {actor}], этап «{stage}»[. Замечание: {remark}]"


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ({"actor": "Ольга Петрова", "stage": "Право"}, "Согласовано: Ольга Петрова, этап «Право»"),
        ({"actor": "", "stage": "Я", "remark": "да"}, "Согласовано, этап «Я». Замечание: да"),
        # A team whose stage is called as it is.
        ({"actor": "Логистика", "stage": "Логистика"}, "Согласовано, этап «Логистика»"),
        # What stands in an optional part is no reason: it may fall away itself.
        ({"actor": "А", "stage": "Я", "remark": "А"}, "Согласовано: А, этап «Я». Замечание: А"),
        ({"actor": "—"}, "Согласовано, этап «—»"),
    ],
)  # fmt: skip
def test_each_part_is_said_when_there_is_something_to_say(told: dict[str, str], said: str) -> None:
    assert _said(APPROVED, told) == said
