"""The design system: formats in both languages, parts that render, nothing inline, contrast."""

import datetime as dt
import re
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.template import Context, Template
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import override
from lxml import html

from zabota.common import formats, styleguide
from zabota.common.frame import Company

COMMON = Path(formats.__file__).parent
STATIC = COMMON / "static" / "zabota"
TEMPLATES = COMMON / "templates"
NOW = dt.datetime(2026, 11, 24, 9, 10, tzinfo=dt.UTC)
MOSCOW = "Europe/Moscow"


def plain(text: str) -> str:
    """Without the spaces that only keep words together."""
    return text.replace("\u00a0", " ").replace("\u202f", " ")


def at(day: int, hour: int, minute: int, year: int = 2026, month: int = 11) -> dt.datetime:
    return dt.datetime(year, month, day, hour, minute, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("moment", "russian", "english"),
    [
        (at(24, 7, 40), "сегодня, 10:40", "today, 10:40"),
        (at(23, 14, 20), "вчера, 17:20", "yesterday, 17:20"),
        (at(24, 21, 30), "завтра, 00:30", "tomorrow, 00:30"),
        (at(26, 13, 0), "чт, 26 ноября, 16:00", "Thu 26 Nov, 16:00"),
        (at(1, 9, 5, 2027, 5), "сб, 1 мая 2027, 12:05", "Sat 1 May 2027, 12:05"),
    ],
)
def test_a_moment_is_said_from_today(moment: dt.datetime, russian: str, english: str) -> None:
    assert plain(formats.when(moment, NOW, "ru", MOSCOW)) == russian
    assert plain(formats.when(moment, NOW, "en", MOSCOW)) == english


@pytest.mark.parametrize(
    ("moment", "since_ru", "since_en", "by_ru", "by_en"),
    [
        (at(24, 7, 40), "10:40", "10:40", "10:40 сегодня", "10:40 today"),
        (at(23, 14, 20), "23 ноября, 17:20", "23 Nov, 17:20", "17:20 вчера", "17:20 yesterday"),
        (at(24, 21, 30), "25 ноября, 00:30", "25 Nov, 00:30", "00:30 завтра", "00:30 tomorrow"),
        (at(26, 13, 0), "26 ноября, 16:00", "26 Nov, 16:00", "26 ноября, 16:00", "26 Nov, 16:00"),
        (
            at(1, 9, 5, 2027, 5),
            "1 мая 2027, 12:05",
            "1 May 2027, 12:05",
            "1 мая 2027, 12:05",
            "1 May 2027, 12:05",
        ),
    ],
)
def test_a_moment_after_a_preposition(
    moment: dt.datetime, since_ru: str, since_en: str, by_ru: str, by_en: str
) -> None:
    """Never «с вчера», «до сегодня»."""
    assert plain(formats.since(moment, NOW, "ru", MOSCOW)) == since_ru
    assert plain(formats.since(moment, NOW, "en", MOSCOW)) == since_en
    assert plain(formats.by(moment, NOW, "ru", MOSCOW)) == by_ru
    assert plain(formats.by(moment, NOW, "en", MOSCOW)) == by_en


def test_today_is_the_readers_today() -> None:
    midnight_in_moscow = at(24, 21, 30)
    assert formats.when(midnight_in_moscow, NOW, "en", "Europe/London") == "today, 21:30"


@pytest.mark.parametrize(
    ("minutes", "russian", "english"),
    [
        (0, "0 мин", "0 min"),
        (45, "45 мин", "45 min"),
        (200, "3 ч 20 мин", "3 h 20 min"),
        (480, "8 ч", "8 h"),
        (-25, "−25 мин", "−25 min"),
        (-85, "−1 ч 25 мин", "−1 h 25 min"),
    ],
)
def test_working_time(minutes: int, russian: str, english: str) -> None:
    assert plain(formats.hours(minutes, "ru")) == russian
    assert plain(formats.hours(minutes, "en")) == english


@pytest.mark.parametrize(
    ("count", "russian", "working", "english"),
    [
        (1, "1 день", "1 рабочий день", "1 day"),
        (2, "2 дня", "2 рабочих дня", "2 days"),
        (5, "5 дней", "5 рабочих дней", "5 days"),
        (11, "11 дней", "11 рабочих дней", "11 days"),
        (21, "21 день", "21 рабочий день", "21 days"),
    ],
)
def test_days_have_the_right_word(count: int, russian: str, working: str, english: str) -> None:
    assert plain(formats.days(count, "ru")) == russian
    assert plain(formats.days(count, "ru", working=True)) == working
    assert plain(formats.days(count, "en")) == english


@pytest.mark.parametrize(
    ("amount", "currency", "russian", "english"),
    [
        (Decimal(8400), "RUB", "8 400 ₽", "RUB 8,400"),
        (Decimal("1240000.50"), "RUB", "1 240 000,50 ₽", "RUB 1,240,000.50"),
        (Decimal("-1530.50"), "RUB", "−1 530,50 ₽", "−RUB 1,530.50"),
        (Decimal(500), "USD", "500 $", "$500"),
    ],
)
def test_sums(amount: Decimal, currency: str, russian: str, english: str) -> None:
    assert plain(formats.money(amount, currency, "ru")) == russian
    assert plain(formats.money(amount, currency, "en")) == english


def test_words_stand_in_the_readers_quotation_marks() -> None:
    assert formats.quoted("так", "ru") == "«так»"
    assert formats.quoted("so", "en") == "“so”"
    shown = Template("{% load zabota_ui %}{{ words|quoted }}")
    with override("en"):
        assert shown.render(Context({"words": "<b>"})) == "“&lt;b&gt;”"


def test_dates_in_full_and_short() -> None:
    day = dt.date(2026, 11, 26)
    assert plain(formats.date(day, "ru")) == "26 ноября 2026 года"
    assert plain(formats.this_day(day, "ru")) == "Четверг, 26 ноября"
    assert plain(formats.this_day(day, "en")) == "Thursday, 26 November"
    assert plain(formats.date(day, "en")) == "26 November 2026"
    assert plain(formats.short_date(day, "ru")) == "26.11.2026"
    assert plain(formats.short_date(day, "en")) == "26 Nov 2026"


def render(source: str, language: str = "ru", **context: Any) -> str:
    with override(language), timezone.override(MOSCOW):
        return Template("{% load zabota_ui %}" + source).render(Context({"now": NOW, **context}))


def test_a_moment_names_itself_to_machines_in_the_readers_zone() -> None:
    shown = render("{% when moment %}", moment=at(26, 13, 0))
    assert plain(shown) == '<time datetime="2026-11-26T16:00:00+03:00">чт, 26 ноября, 16:00</time>'
    assert render("{% when moment %}", moment=None) == "—"


def test_a_face_escapes_what_people_call_themselves() -> None:
    person = {"name": '"><script>', "initials": "<b>", "photo_url": ""}
    shown = render("{% face person named=True %}", person=person)
    assert "<script>" not in shown
    assert "<b>" not in shown
    assert "alt=" in render("{% face p %}", p={**person, "photo_url": "/f/1"})


def test_the_rest_of_a_team_is_a_number() -> None:
    team = [styleguide.OLGA, styleguide.IGOR, styleguide.PAVEL]
    shown = html.fromstring(render("{% faces team most=2 %}", team=team))
    assert "".join(shown.itertext()).split() == ["ОП", "ИК", "+1"]
    assert shown.get("aria-label") == "Ольга Петрова, Игорь Ким, Павел Серов"


def test_a_wrong_field_keeps_what_was_typed_and_says_what_is_wrong() -> None:
    form = styleguide.SampleForm({"inn": "7701", "name": "Ромашка"})
    form.add_error("inn", "ИНН организации — 10 цифр")
    page = html.fromstring(
        f"<div>{render('{% what_wrong form %}{% field form.inn %}', form=form)}</div>"
    )
    box = page.get_element_by_id("id_inn")
    assert box.get("value") == "7701"
    assert box.get("aria-invalid") == "true"
    described = [page.get_element_by_id(name) for name in box.get("aria-describedby").split()]
    assert "10 цифр" in described[-1].text_content()
    assert "#id_inn" in [link.get("href") for link in page.iter("a")]


def test_pages_of_a_list_never_count() -> None:
    shown = render("{% pages 1 50 older='?after=50' %}")
    assert "1–50, есть ещё" in shown
    assert "Назад" not in shown
    assert "there are more" in render("{% pages 1 50 older='?after=50' %}", "en")


def every_page() -> Iterator[Any]:
    yield pytest.param("common/styleguide.html", styleguide.sample(NOW), id="styleguide")
    room = {**styleguide.sample(NOW), "eyes": {"name": "Анна Крылова", "back_url": "/"}}
    room |= {"room_nav": room["nav"], "companies": (Company("А", "/", current=False),) * 2}
    yield pytest.param("common/base_room.html", room, id="room")
    for number in ("400", "403", "404", "500"):
        yield pytest.param(f"{number}.html", {}, id=number)


@pytest.mark.parametrize("language", ["ru", "en"])
@pytest.mark.parametrize(("name", "given"), list(every_page()))
def test_a_page_renders_with_nothing_inline(
    name: str, given: dict[str, Any], language: str
) -> None:
    with override(language), timezone.override(MOSCOW):
        page = html.fromstring(render_to_string(name, given))
    for element in page.iter():
        if not isinstance(element.tag, str):
            continue
        assert "style" not in element.attrib, element.tag
        assert not [key for key in element.attrib if key.startswith("on") or key == "hx-on"]
        assert element.tag != "style"
        assert element.tag != "script" or (element.get("src") and not element.text)
    seen = [element.get("id") for element in page.iter() if element.get("id")]
    assert sorted(seen) == sorted(set(seen)), "an id twice on one page"


def test_every_string_of_the_parts_is_translated() -> None:
    with override("ru"), timezone.override(MOSCOW):
        page = html.fromstring(render_to_string("common/base_room.html", styleguide.sample(NOW)))
        errors = [render_to_string(f"{number}.html") for number in ("400", "403", "404", "500")]
    words = " ".join([*page.itertext(), *(html.fromstring(text).text_content() for text in errors)])
    latin = set(re.findall(r"[A-Za-z]{3,}", words)) - {"Zabota"}
    assert latin == set()


def test_every_file_is_linked_once_and_small() -> None:
    styles = (TEMPLATES / "common/parts/styles.html").read_text()
    scripts = (TEMPLATES / "common/parts/scripts.html").read_text()
    linked = re.findall(r"zabota/css/([\w-]+)\.css", styles)
    assert sorted(linked) == sorted(path.stem for path in (STATIC / "css").iterdir())
    assert linked[0] == "layers"
    behaviours = sorted((STATIC / "js").iterdir())
    # Most are of every page; one that only a page of its own needs is linked there.
    pages = "".join(
        path.read_text() for path in sorted(COMMON.parent.glob("*/templates/*/desk/*.html"))
    )
    named = re.findall(r"zabota/js/([\w-]+)\.js", scripts + pages)
    assert sorted(named) == [path.stem for path in behaviours]
    for path in behaviours:
        source = path.read_text()
        assert len(source.splitlines()) < 80, path.name
        assert not re.search(r"\beval\(|new Function|[А-яЁё]{3}", source), path.name
    for path in (STATIC / "css").iterdir():
        assert "@layer" in path.read_text(), path.name


def tokens(source: str) -> dict[str, tuple[str, str]]:
    """Colours of a block by name: (light, dark)."""
    pairs = re.findall(r"--([\w-]+): light-dark\((#\w+), (#\w+)\)", source)
    return {name: (light, dark) for name, light, dark in pairs}


def luminance(colour: str) -> float:
    """Relative luminance as WCAG 2.2 defines it, 0 to 1."""
    digits = colour[1:] if len(colour) == 7 else "".join(c * 2 for c in colour[1:])
    parts = [int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    r, g, b = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


GROUNDS = ("paper", "sheet", "sunken", "raised")
TEXT_ON = {
    "ink": (*GROUNDS, "turn-soft", "late-soft", "inside-soft", "accent-soft"),
    "ink-2": (*GROUNDS, "turn-soft", "late-soft", "inside-soft", "accent-soft"),
    "accent": (*GROUNDS, "accent-soft"),
    "on-accent": ("accent",),
    "turn": (*GROUNDS, "turn-soft"),
    "late": (*GROUNDS, "late-soft"),
    "inside": (*GROUNDS, "inside-soft"),
    "ins": ("sheet", "ins-soft"),
    "del": ("sheet", "del-soft"),
    "move": ("sheet", "move-soft"),
}
EDGES_ON = {"edge": ("sheet", "paper"), "turn-edge": ("sheet",), "inside-edge": ("sheet",)}


@pytest.mark.parametrize("accent", styleguide.ACCENTS)
@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
def test_contrast_is_enough_for_every_accent(accent: str, scheme: int) -> None:
    base = tokens((STATIC / "css/tokens.css").read_text())
    block = re.search(rf'"{accent}"\] {{(.*?)}}', (STATIC / "css/accents.css").read_text())
    assert block is not None
    colours = base | tokens(block[1])
    for needed, table in ((4.5, TEXT_ON), (3.0, EDGES_ON)):
        for name, grounds in table.items():
            for ground in grounds:
                found = contrast(colours[name][scheme], colours[ground][scheme])
                assert found >= needed, f"{name} on {ground}: {found:.2f}"
