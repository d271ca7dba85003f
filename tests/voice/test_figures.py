"""Coverage and time to thanks; what a person takes along, and what is forgotten with them."""

import json
import re

from tests.contracts.browsers import browser_of
from tests.contracts.worlds import AT, HOUR
from tests.voice.said import KIND, UNKIND, fresh, mention
from zabota.clients.actions import erase_person, export_person
from zabota.common import clock
from zabota.home import work
from zabota.home.world import World
from zabota.voice.actions.guess import confirm_author
from zabota.voice.actions.note import Where, note_mention
from zabota.voice.actions.sources import add_source
from zabota.voice.actions.thank import set_aside_mention, thank_author
from zabota.voice.gathering.figures import Coverage
from zabota.voice.gathering.found import Found
from zabota.voice.models import AuthorGuess, Mention, MentionKey, Way
from zabota.voice.reading.figures import read_figures


def test_shares_and_deciles() -> None:
    told = Coverage(found=12, thanked=10, aside=1, minutes={10: 5, 20: 4, 600: 1})
    assert (told.counted, told.percent, told.median, told.ninth) == (11, 91, 15, 20)
    assert Coverage(found=400, thanked=399).percent == 99
    assert Coverage(found=3, thanked=1, minutes={5: 1}).ninth is None
    assert Coverage().percent is None and Coverage().median is None


def test_which_share_is_thanked_and_how_soon(world: World) -> None:
    by = world.as_staff("manager")
    kind, unkind = mention(world, KIND, rating=5), mention(world, UNKIND, rating=1)
    other = mention(world, "Это вовсе не про вас, а про другой «Северный свет» в Коми.")
    late = mention(world, "Ваш стенд на выставке был, кажется, самым светлым из всех.")
    thank_author(kind, "Спасибо, что написали.", "public", by=by, at=AT + HOUR)
    thank_author(unkind, "Спасибо, что написали.", "public", by=by, at=AT + 3 * HOUR)
    set_aside_mention(other, "other", by=by, at=AT)
    work.measure_what_is_over(AT + 4 * HOUR)
    at = late.thanks.due_at + HOUR  # type: ignore[operator]
    figures = read_figures(by, 30, at=at)
    whole = figures.whole.told
    assert (whole.found, whole.thanked, whole.aside, whole.waiting, whole.late) == (4, 2, 1, 1, 1)
    assert whole.counted == 3 and whole.median == 120
    assert {line.name: line.told.thanked for line in figures.marks}["Оценка 1 или 2"] == 1
    assert figures.whole.late_url == "/desk/mentions/?days=30&state=waiting&late=1"


def test_the_list_behind_each_figure(world: World) -> None:
    now = clock.now()
    row = mention(world, UNKIND, at=now, rating=1)
    thank_author(row, "Спасибо.", "public", by=world.as_staff("manager"), at=now)
    mention(world, KIND, at=now)
    browser = browser_of(world, "stranger")
    page = browser.get("/desk/mentions/figures/?days=30").content.decode()
    links = set(re.findall(r'href="(/desk/mentions/\?[^"]+)"', page))
    assert any("marks=low" in link and "state=thanked" in link for link in links)
    for link in sorted(links):
        shown = browser.get(link.replace("&amp;", "&")).content.decode()
        counted = len(re.findall(r'class="what"><a href="/desk/mentions/', shown))
        part = page.split(f'href="{link}"')[1]
        figure = re.search(r">(?:\s*<[^>]+>)*\s*(\d+)", part)
        assert figure is not None and int(figure[1]) == counted, link


def test_a_person_takes_it_along_and_is_forgotten(world: World) -> None:
    by, source = world.as_staff("manager"), add_source("table", {"name": "x"}, by=None, at=AT)
    found = Found(text=UNKIND, author="Анна Крылова", outer="7")
    row = note_mention(found, Where(Way.SOURCE, source=source), by=None, at=AT).mention
    mention(world, KIND, author="Анна Крылова")
    confirm_author(row, world.clients["romashka"], by=by, at=AT, contact=world.guests["anna"])
    thank_author(fresh(row), "Спасибо.", "public", by=by, at=AT)
    told = json.loads(export_person(world.guests["anna"], by=None, at=AT))
    assert [one["words"] for one in told["mentions"]] == [UNKIND]
    erase_person(world.guests["anna"], by=None, at=AT + HOUR)
    work.react(AT + HOUR)
    row = fresh(row)
    assert (row.text, row.author, row.link, row.words, row.digest) == ("", "", "", "", "")
    assert row.case.title == "—" and row.thanked_at is not None
    assert not AuthorGuess.objects.exists() and not MentionKey.objects.filter(mention=row).exists()
    again = note_mention(found, Where(Way.SOURCE, source=source), by=None, at=AT + HOUR)
    assert not again.is_new and Mention.objects.count() == 2
    assert browser_of(world, "manager").get(f"/desk/mentions/{row.pk}/").status_code == 200
