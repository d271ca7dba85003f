"""A client takes what was agreed beforehand and signs within a minute; our director signs, too."""

import re
from dataclasses import dataclass

import pytest
from playwright.sync_api import Locator, expect

from tests.stories.goods import VALUES
from tests.stories.hands import Hands
from tests.stories.pace import Pace
from tests.stories.signatures import MAILS, signs_by_code
from tests.support.story import Story
from zabota.home.people_of_world import STAFF

MINUTE = 60
# Below the sum from which the director is asked.
SMALL = {"price": "900000", "goods_unit_price": "90000", "goods_sum": "900000"}


@dataclass(frozen=True)
class Cast:
    """Who takes what, in one language."""

    client: str
    form: str
    charge: str
    venue: str
    vat: str
    court: str
    three_days: str
    five_days: str
    ten_days: str
    tail: str


CAST = {
    "ru": Cast(
        client="Анна Крылова",
        form="Договор поставки",
        charge="7.2",
        venue="12.2",
        vat="162295,08",
        court="Суд по месту ответчика",
        three_days="Три дня без пени",
        five_days="Пять дней без пени",
        ten_days="Десять дней без пени",
        tail=" И ещё неделю.",
    ),
    "en": Cast(
        client="John Adams",
        form="Supply contract",
        charge="7.2",
        venue="11.3",
        vat="162295.08",
        court="Courts of the defendant",
        three_days="Three days without a charge",
        five_days="Five days without a charge",
        ten_days="Ten days without a charge",
        tail=" And one week more.",
    ),
}


class Choosing:
    """The client's window, and what is chosen in it."""

    def __init__(self, story: Story) -> None:
        self.story, self.cast = story, CAST[story.language]
        page = story.enter(self.cast.client)
        self.pace = Pace(page)
        self.client = Hands(page, story.language)
        self.client.goes("/room/contracts/new/")
        self.base = ""

    def choose_a_form(self) -> None:
        client = self.client
        client.chooses_form(self.cast.form)
        self.base = re.sub(r"^https?://[^/]+/room(/contracts/\d+/).*$", r"\1", client.page.url)

    def fill_it_in(self) -> None:
        values = {**VALUES[self.story.language], **SMALL, "vat_amount": self.cast.vat}
        self.client.fills_in(values)
        self.client.press("Save", self.client.page.locator("#fields"))
        self.client.sees("Saved.")

    def variants(self, number: str) -> Locator:
        """The variants of a clause, open."""
        box = self.client.clause(number).locator("details.variants")
        if box.get_attribute("open") is None:
            box.locator("summary").click()
        return box

    def takes(self, number: str, name: str) -> None:
        box = self.variants(number)
        box.locator("label.choice", has_text=name).click()
        self.client.press("Take this variant", box)
        self.client.sees("The variant stands in your text.")
        self.client.sees("agreed at once", self.client.clause(number))

    def ten_days_are_never_heard_of(self) -> None:
        assert self.cast.ten_days not in self.client.page.content()

    def asks_what_it_costs(self) -> None:
        """Own words show a step that was not seen before, and what they cost."""
        client, cast = self.client, self.cast
        assert cast.five_days not in client.page.content()
        client.rewords(cast.charge, lambda text: text + cast.tail)
        clause = client.clause(cast.charge)
        client.sees("to be agreed by", clause)
        box = self.variants(cast.charge)
        expect(box).to_contain_text(cast.five_days)
        self.story.shot(client.page, "room-variants", beside=clause)
        self.ten_days_are_never_heard_of()

    def sends(self) -> None:
        client = self.client
        client.control("Check and send", client.page.locator(".head")).first.click()
        expect(client.page.locator("#lane")).to_contain_text(client.t("Straight to signing"))
        self.story.shot(client.page, "room-fast-lane")
        client.press("Straight to signing")
        client.sees("Agreed at once: nobody had to be asked.")
        client.sees("The contract is agreed")

    def signs(self) -> None:
        """With the room's one button, and the code of a letter."""
        client = self.client
        client.press("Sign", client.page.locator("#now-line"))
        client.sees("Your signature")
        self.pace.looks_into_the_mail()
        signs_by_code(self.story, client, MAILS[self.cast.client])

    def director_signs(self) -> None:
        """Told by a letter, with the button on their list of today."""
        language = self.story.language
        name = STAFF[0].name_en if language == "en" else STAFF[0].name
        director = Hands(self.story.enter(name, f"/desk{self.base}"), language)
        director.sees("Your signature is awaited", director.page.locator("#now-line"))
        director.goes(f"/desk{self.base}signing/")
        signs_by_code(self.story, director, MAILS[STAFF[0].name])
        director.sees("With the signatures (PDF)")

    def it_is_in_force(self) -> None:
        client = self.client
        client.goes(f"/room{self.base}")
        client.sees("Signed by both sides", client.page.locator("#now-line"))
        self.story.shot(client.page, "room-fast-lane-signed")

    def desk_knows_the_rule(self) -> None:
        language = self.story.language
        manager = STAFF[1].name_en if language == "en" else STAFF[1].name
        desk = Hands(self.story.enter(manager, f"/desk{self.base}approval-sheet/"), language)
        desk.reads(self.cast.five_days)
        desk.sees("Straight to signing")
        self.story.shot(desk.page, "desk-fast-lane-sheet")


@pytest.mark.parametrize("language", ["ru", "en"], indirect=True)
def test_agreed_variants_need_nobody(story: Story) -> None:
    told = Choosing(story)
    told.choose_a_form()
    told.fill_it_in()
    told.asks_what_it_costs()
    told.pace.begin()
    told.takes(told.cast.charge, told.cast.five_days)
    told.takes(told.cast.venue, told.cast.court)
    told.sends()
    told.signs()
    assert 0 < told.pace.seconds < MINUTE, vars(told.pace)
    told.ten_days_are_never_heard_of()
    told.director_signs()
    told.it_is_in_force()
    told.desk_knows_the_rule()
