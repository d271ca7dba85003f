"""What the desk says before a return, and what letters say of days, holds when it is read."""

from datetime import UTC, datetime

import pytest

from tests.contracts.browsers import browser_of
from tests.contracts.worlds import AT, approve, sent, stage
from zabota.common.formats import dated_day, dated_when
from zabota.contracts.actions import reject_change
from zabota.contracts.models import Change
from zabota.contracts.told import until_when
from zabota.home.world import World
from zabota.journal.reading import day_ref, read_lines


@pytest.mark.parametrize(
    ("language", "said"), [("ru", "18 ноября, 13:00"), ("en", "18 November, 13:00")]
)
def test_a_letter_carries_dates(world: World, language: str, said: str) -> None:
    tomorrow = datetime(2026, 11, 18, 10, 0, tzinfo=UTC)
    said = said.replace(" ", "\u00a0", 1)
    assert dated_when(tomorrow, AT, language, "Europe/Moscow") == said
    assert until_when(tomorrow, AT, language).endswith(said)
    assert dated_day(tomorrow.date().replace(year=2027), AT.date(), language).endswith(" 2027")


def test_a_day_of_the_history_is_a_date_in_a_letter(world: World) -> None:
    entry = sent(world).case.stream.entries.latest("pk")
    entry.canonical = entry.canonical.replace(
        '"facts":{', f'"facts":{{"version":{str(day_ref(AT.date())).replace(chr(39), chr(34))},', 1
    ).replace('"version":1', '"was":1')
    (page,), (letter,) = (read_lines([entry], now=AT, dated=dated) for dated in (False, True))
    assert "сегодня" in page.sentence
    assert "17\u00a0ноября" in letter.sentence and "сегодня" not in letter.sentence


def test_the_desk_says_what_a_return_leaves_behind(world: World) -> None:
    more = {number: lambda text: f"{text} И точка." for number in ("8.1", "8.2", "5.1")}
    contract = sent(world, "supply-ru", reworded=more)
    approve(world, contract, "manager", "manager")
    browser, pk = browser_of(world, "lawyer"), stage(contract, "legal").pk
    legal = list(Change.objects.filter(concern="legal").order_by("pk"))
    reject_change(legal[0], by=world.as_staff("lawyer"), at=AT, reason="Нельзя")
    page = browser.get(f"/desk/contracts/{contract.pk}/").content.decode()
    assert "Каждый ваш ответ клиент видит сразу." in page
    page = browser.get(f"/desk/stages/{pk}/return/").content.decode()
    assert f"наш ответ по пункту {legal[0].number}." in page
    assert f"Ещё {len(more) - 1} правки ждут нашего ответа" in page
    reject_change(legal[1], by=world.as_staff("lawyer"), at=AT, reason="Нельзя")
    page = browser.get(f"/desk/stages/{pk}/return/").content.decode()
    assert f"наши ответы по пунктам {legal[0].number}, {legal[1].number}." in page
    assert "Ещё 1 правка ждёт нашего ответа" in page
