"""The main story: from the choice of a form to an agreed contract, both sides in their windows."""

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Locator, expect

from tests.stories.goods import VALUES
from tests.stories.hands import Hands
from tests.support.story import Story
from zabota.home.people_of_world import GUESTS, STAFF

MANAGER, LAWYER, FINANCE, DIRECTOR = "Игорь Ким", "Ольга Петрова", "Павел Серов", "Елена Орлова"
AWAY, SUBSTITUTE, LOGISTICIAN = "Анна Волкова", "Кирилл Лужин", "Тимур Асланов"
ENGLISH_NAMES = {person.name: person.name_en for person in (*STAFF, *GUESTS)}
ALIEN = "Пётр Чужой"
DIRECTOR_MAIL, ADVISER_MAIL = "director@severny-svet.example", "lawyer@adviser.example"
SUBSTITUTE_MAIL = "kirill@severny-svet.example"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PAPERS = [
    ("text.pdf", "application/pdf", b"%PDF"),
    ("text.docx", WORD, b"PK"),
    ("approval-sheet.pdf", "application/pdf", b"%PDF"),
]


@dataclass(frozen=True)
class Cast:
    """Who plays whom, and the clauses they argue about, in one language."""

    client: str
    form: str
    free: str
    locked: str
    refused: str
    granted: str
    money: str
    price_shown: str
    tail: str
    reason: str
    ours: str
    question: str
    new_clause: str
    mail: str
    inside: str
    aloud: str
    why_not: str
    why_ours: str
    adviser: str
    advice: str
    objection: str
    away: str
    stage_finance: str
    question_money: str
    looked: str


CAST = {
    "ru": Cast(
        client="Анна Крылова",
        form="Договор поставки",
        free="3.3",
        locked="7.2",
        refused="8.2",
        granted="8.4",
        money="5.4",
        price_shown=r"1\s250\s000",
        tail=" Это уточнение важно для нас.",
        reason="Так принято в наших договорах.",
        ours=" Но не более 5 (пяти) процентов цены.",
        question="Подтвердите, пожалуйста, предел пени и снимите правку о налогах.",
        new_clause="Покупатель сообщает имя и телефон принимающего груз за один рабочий день.",
        mail="anna@romashka.example",
        inside="Между нами: на пять процентов пойдём.",
        aloud="Предлагаем остановиться на пяти процентах.",
        why_not="Это заверение нужно нашему аудитору в прежнем виде.",
        why_ours="Предел в пять процентов у нас во всех договорах.",
        adviser="Юлия Вознесенская",
        advice="Юля, посмотри, пожалуйста, пункт о пене.",
        objection="Порядок сверки расчётов лучше не менять.",
        away="Отпуск",
        stage_finance="Финансы",
        question_money="Верните, пожалуйста, пункт о счёте-фактуре к прежнему виду.",
        looked="Глазами клиента",
    ),
    "en": Cast(
        client="John Adams",
        form="Supply contract",
        free="3.3",
        locked="7.2",
        refused="12.2",
        granted="12.1",
        money="5.4",
        price_shown="1,250,000",
        tail=" This matters to us.",
        reason="All our contracts say so.",
        ours=" In no case does it exceed five per cent of the price.",
        question="Please confirm the cap on the charge and drop the change about termination.",
        new_clause="The Buyer names the person who receives the goods one business day ahead.",
        mail="john@vector.example",
        inside="Between us: we can live with five per cent.",
        aloud="We suggest to settle on five per cent.",
        why_not="Our auditor needs these words as they were.",
        why_ours="All our contracts have this cap of five per cent.",
        adviser="Julia Ascension",
        advice="Julia, please look at the clause about the charge.",
        objection="Better leave the reconciliation of accounts as it was.",
        away="Holiday",
        stage_finance="Finance",
        question_money="Please put the clause about reconciliation back as it was.",
        looked="client",
    ),
}


class Agreeing:
    """The story told step by step; every step leaves a picture."""

    def __init__(self, story: Story) -> None:
        self.story, self.language = story, story.language
        self.cast = CAST[story.language]
        self.client = self.hands(self.cast.client)
        self.base = self.number = ""

    def hands(self, name: str, path: str = "") -> Hands:
        return Hands(self.story.enter(self.called(name), path), self.language)

    def called(self, name: str) -> str:
        """One of ours as readers of this language read the name."""
        return ENGLISH_NAMES.get(name, name) if self.language == "en" else name

    def picture(self, who: Hands, name: str, beside: Locator | None = None) -> None:
        self.story.shot(who.page, name, beside=beside)

    def portrait(self, who: Hands, name: str) -> None:
        """In light and in dark."""
        self.story.shot(who.page, name, dark=True)

    def room(self, tail: str = "") -> None:
        self.client.goes(f"/room{self.base}{tail}")

    def at_the_contract(self, name: str) -> Hands:
        return self.hands(name, f"/desk{self.base}")

    # -- the client begins ------------------------------------------------------------------

    def choose_a_form(self) -> None:
        client = self.client
        client.goes("/room/contracts/new/")
        self.portrait(client, "room-start")
        client.chooses_form(self.cast.form)
        self.base = re.sub(r"^https?://[^/]+/room(/contracts/\d+/).*$", r"\1", client.page.url)
        self.number = client.page.locator("h1").inner_text().split()[-1]

    def fill_it_in(self) -> None:
        client = self.client
        client.fills_in(VALUES[self.language])
        price = client.page.locator(".sheet .field[data-field=price]").first
        expect(price).to_contain_text(re.compile(self.cast.price_shown))
        self.picture(client, "room-fill")
        client.press("Save", client.page.locator("#fields"))
        client.sees("Saved.")

    def change_clauses(self) -> None:
        client, cast = self.client, self.cast
        for number in (cast.free, cast.refused, cast.granted):
            client.rewords(number, lambda text: text + cast.tail)
        area = client.opens_clause(cast.locked)
        area.fill(area.input_value() + cast.tail)
        clause = client.clause(cast.locked)
        clause.locator("textarea[name=reason]").fill(cast.reason)
        expect(clause.locator(".redline ins")).to_contain_text(cast.tail.strip())
        client.sees("Saved at", clause)
        self.picture(client, "room-edit", beside=clause)
        client.press("Save", clause)
        client.sees("Proposed to a locked clause", client.clause(cast.locked))
        client.reads(cast.reason, client.clause(cast.locked))

    def add_a_clause(self) -> None:
        client = self.client
        client.opens_clause(self.cast.free)
        client.press("Add a clause below", client.clause(self.cast.free))
        added = client.page.locator("article.clause:target")
        added.locator(".tools a").first.click()
        area = added.locator("textarea[data-autosave]")
        area.fill(self.cast.new_clause)
        client.sees("Saved at", added)
        client.page.reload()
        client.reads(self.cast.new_clause)
        client.sees("New clause")

    def send(self, picture: str, *, first: bool = False) -> None:
        client = self.client
        client.control("Check and send", client.page.locator(".head, #now-line")).first.click()
        if first:
            day = client.page.get_by_label(client.t("When you need it"))
            today = date.fromisoformat(day.get_attribute("min") or "")
            day.fill((today + timedelta(days=40)).isoformat())
            client.type_in("Your own number of this contract", "77-К/2026")
        self.portrait(client, f"{picture}-check")
        client.press("Send for approval")
        client.sees("Sent. Below you see who has it now")
        client.sees("With us now")
        self.picture(client, picture)

    # -- our side ---------------------------------------------------------------------------

    def rows(self, who: Hands) -> Locator:
        """The contract among the promises of Today."""
        return who.page.locator(".row").filter(has_text=self.number)

    def approve_from_today(self, name: str, picture: str = "") -> Hands:
        who = self.hands(name, "/desk/")
        if picture:
            self.portrait(who, picture)
        who.press("Approve", self.rows(who))
        who.reads(self.number, who.page.locator(".notice"))
        return who

    def approve_on_the_page(self, who: Hands) -> None:
        """Where changes still wait, Today leads to them, and approving accepts them."""
        who.press("Approve", who.page.locator("#decision"))
        expect(who.page.locator("#decision button")).to_have_count(0)

    def rail_of_client_says(self, words: str) -> None:
        """The rail in the client's open window, which nobody touches."""
        expect(self.client.page.locator("#rail")).to_contain_text(self.called(words))

    def lawyer_looks(self) -> Hands:
        olga = self.at_the_contract(LAWYER)
        expect(olga.page.locator(".passport")).to_contain_text(re.compile(self.cast.price_shown))
        olga.sees("Your decision")
        for number in (self.cast.locked, self.cast.refused, self.cast.granted):
            expect(olga.clause(number).locator("ins").first).to_be_visible()
        self.portrait(olga, "desk-contract")
        return olga

    def comment(self, who: Hands, words: str, *, to_client: bool) -> None:
        clause = who.clause(self.cast.locked)
        clause.locator(".tools a").last.click()
        if to_client:
            clause.get_by_text(who.t("The client will see it"), exact=True).click()
        clause.locator(".compose textarea").fill(words)
        if to_client:
            self.picture(who, "desk-comment", beside=clause)
        who.press("Send to the client" if to_client else "Write for ourselves", clause)
        who.reads(words, who.clause(self.cast.locked))

    def lawyer_answers(self, olga: Hands) -> None:
        cast = self.cast
        olga.press("Accept", olga.clause(cast.granted))
        olga.sees("Accepted", olga.clause(cast.granted))
        clause = olga.clause(cast.refused)
        clause.locator("summary", has_text=olga.t("Do not accept")).click()
        clause.locator("textarea[name=reason]").fill(cast.why_not)
        clause.locator("form button", has_text=olga.t("Do not accept")).click()
        olga.sees("Not accepted", olga.clause(cast.refused))
        olga.press("Propose our wording", olga.clause(cast.locked))
        area = olga.page.locator("textarea[name^=part-]")
        area.fill(area.input_value().replace(cast.tail, cast.ours))
        olga.page.locator("textarea[name=reason]").fill(cast.why_ours)
        self.portrait(olga, "desk-counter")
        olga.press("Propose our wording")
        olga.sees("Our wording", olga.clause(cast.locked))
        self.picture(olga, "desk-answers", beside=olga.clause(cast.locked))

    def returns(self, who: Hands, question: str, picture: str) -> None:
        who.press("Return for changes")
        who.type_in("What is asked of the client", question)
        self.portrait(who, picture)
        who.press("Return to the client")
        who.sees("Returned. The client has been told")

    # -- the client answers -----------------------------------------------------------------

    def client_is_told(self, question: str) -> None:
        page = self.client.page
        expect(page.locator("#now-line")).to_contain_text(self.client.t("It is your turn"))
        expect(page.locator("#now-line")).to_contain_text(question)
        expect(page.locator("#now-line")).to_contain_text(self.client.t("Our clock stands"))
        # News of ten minutes make one letter.
        self.story.later("11m")
        letter = self.story.letter(self.cast.mail, self.number, question)
        assert self.base in letter

    def client_agrees(self) -> None:
        client, cast = self.client, self.cast
        self.room()
        client.reads(cast.why_not, client.clause(cast.refused))
        client.reads(cast.aloud, client.clause(cast.locked))
        expect(client.page.get_by_text(cast.inside)).to_have_count(0)
        self.portrait(client, "room-returned")
        self.picture(client, "room-answers", beside=client.clause(cast.locked))
        client.press("Agree", client.clause(cast.locked))
        client.sees("Settled", client.clause(cast.locked))
        client.press("Agree", client.clause(cast.refused))
        client.sees("Settled", client.clause(cast.refused))
        client.rewords(cast.money, lambda text: text + cast.tail)

    def own_lawyer_objects(self) -> None:
        client, cast = self.client, self.cast
        self.room("own/")
        form = client.page.locator("form.form").filter(has_text=client.t("What you ask"))
        client.type_in("Name", cast.adviser, form)
        client.type_in("E-mail", ADVISER_MAIL, form)
        client.type_in("What you ask", cast.advice, form)
        client.press("Send the link", form)
        client.reads(cast.adviser)
        letter = self.story.letter(ADVISER_MAIL, cast.advice)
        found = re.search(r"http://localhost:\d+/room/look/\S+", letter)
        assert found, letter
        adviser = Hands(self.story.stranger(), self.language)
        adviser.page.goto(found[0])
        self.portrait(adviser, "own-look")
        adviser.page.get_by_label(adviser.t("I have objections")).check()
        adviser.type_in("In your words", cast.objection)
        adviser.press("Answer")
        adviser.reads(cast.objection)
        client.page.reload()
        client.sees("objects")
        client.reads(cast.objection)
        self.portrait(client, "room-own")
        self.room()

    # -- side by side, with a substitute, late ------------------------------------------------

    def director_sends_away(self) -> None:
        """A logistician is away from today; a storekeeper, who saw nothing so far, stands in."""
        director = self.hands(DIRECTOR, "/desk/people/")
        director.page.get_by_role("link", name=self.called(AWAY)).first.click()
        card = re.sub(r"^https?://[^/]+", "", director.page.url)
        first = datetime.now(ZoneInfo("Europe/Moscow")).date()
        last = (first + timedelta(days=60)).isoformat()
        director.goes(f"{card}absence/")
        director.type_in("First day", first.isoformat())
        director.type_in("Last day", last)
        director.type_in("Reason", self.cast.away)
        director.press("Plan the absence")
        director.goes(f"{card}substitute/")
        director.page.get_by_label(director.t("Who stands in")).select_option(
            label=self.called(SUBSTITUTE)
        )
        director.type_in("First day", first.isoformat())
        director.type_in("Last day", last)
        self.portrait(director, "desk-substitute")
        director.press("Appoint")
        director.reads(self.called(SUBSTITUTE))
        self.portrait(director, "desk-person")

    def logistics_decides(self) -> None:
        # The letter says that the stage is theirs now; it waits a little where one has just left.
        self.story.later("11m")
        self.story.letter(SUBSTITUTE_MAIL, self.number)
        stand_in = self.at_the_contract(SUBSTITUTE)
        stand_in.sees("standing in for")
        stand_in.reads(self.called(AWAY))
        self.picture(stand_in, "desk-standing-in")
        self.approve_on_the_page(stand_in)
        self.approve_from_today(LOGISTICIAN, "desk-today-logistics")

    def finance_is_late(self) -> Hands:
        finance = self.hands(FINANCE, "/desk/")
        expect(self.rows(finance).first).to_be_visible()
        late = finance.page.locator(".row.late").filter(has_text=self.number)
        # However many days off lie ahead, time passes until the promise is broken.
        for _day in range(15):
            self.story.later("1d")
            finance.page.reload()
            if late.count():
                break
        expect(late.first).to_be_visible()
        self.portrait(finance, "desk-today-late")
        self.story.letter(DIRECTOR_MAIL, self.number, self.cast.stage_finance)
        self.client.page.reload()
        self.picture(self.client, "room-late")
        return finance

    # -- agreed -----------------------------------------------------------------------------

    def second_return(self, finance: Hands) -> None:
        """Only the clause about money changes, so law and logistics stand."""
        finance.goes(f"/desk{self.base}")
        self.returns(finance, self.cast.question_money, "desk-return-finance")
        self.client_is_told(self.cast.question_money)
        self.room()
        self.client.rewords(self.cast.money, lambda text: text.replace(self.cast.tail, ""))
        self.send("room-sent-again")
        expect(
            self.client.page.locator("#rail li.done", has_text=self.called(LAWYER))
        ).to_contain_text(self.client.t("agreed earlier, not touched since"))

    def registered(self) -> None:
        self.rail_of_client_says(self.client.t("The contract is agreed"))
        igor = self.at_the_contract(MANAGER)
        igor.press("Register")
        igor.sees("Registered under")
        self.room()
        self.portrait(self.client, "room-agreed")

    def papers_open(self) -> None:
        igor = self.at_the_contract(MANAGER)
        for who, side in ((self.client, "room"), (igor, "desk")):
            for file, kind, start in PAPERS:
                base = re.match(r"https?://[^/]+", who.page.url)
                assert base is not None
                answer = who.page.request.get(f"{base[0]}/{side}{self.base}{file}")
                assert answer.status == 200, f"{side} {file}: {answer.status}"
                assert kind in answer.headers["content-type"]
                assert answer.body().startswith(start) and len(answer.body()) > 5_000
        igor.goes(f"/desk{self.base}approval-sheet/")
        igor.reads(self.called(SUBSTITUTE))
        igor.reads(self.called(AWAY))
        self.portrait(igor, "desk-approval-sheet")
        for side in ("versions/", "compare/", "dossier/"):
            self.room(side)
            self.portrait(self.client, f"room-{side.strip('/')}")

    def through_the_clients_eyes(self) -> None:
        olga = self.at_the_contract(LAWYER)
        olga.press("As the client sees it")
        olga.sees("The contract is agreed")
        expect(olga.page.get_by_text(self.cast.inside)).to_have_count(0)
        expect(olga.page.get_by_text(self.cast.objection)).to_have_count(0)
        expect(olga.page.locator("main form, main textarea")).to_have_count(0)
        self.portrait(olga, "desk-as-client")
        olga.goes(f"/desk{self.base}dossier/")
        expect(olga.page.locator(".history")).to_contain_text(self.cast.looked)
        self.picture(olga, "desk-dossier")

    def strangers_see_nothing(self) -> None:
        alien = self.hands(ALIEN)
        for tail in ("", "live/?seen=0", "submit/", "sooner/", "own/", "versions/", "compare/",
                     "dossier/", "word/", "text.pdf", "text.docx", "approval-sheet/",
                     "approval-sheet.pdf"):  # fmt: skip
            answer = alien.page.goto(f"{self.story.site.room_url}/room{self.base}{tail}")
            assert answer is not None and answer.status == 404, tail
        self.story.shot(alien.page, "room-404")


@pytest.mark.parametrize("language", ["ru", "en"], indirect=True)
def test_from_a_form_to_agreed(story: Story) -> None:
    told = Agreeing(story)
    told.choose_a_form()
    told.fill_it_in()
    told.change_clauses()
    told.add_a_clause()
    told.send("room-sent", first=True)
    told.approve_from_today(MANAGER, "desk-today")
    told.rail_of_client_says(LAWYER)
    olga = told.lawyer_looks()
    told.comment(olga, told.cast.inside, to_client=False)
    told.comment(olga, told.cast.aloud, to_client=True)
    told.lawyer_answers(olga)
    told.returns(olga, told.cast.question, "desk-return")
    told.client_is_told(told.cast.question)
    told.client_agrees()
    told.own_lawyer_objects()
    told.send("room-sent-2")
    told.approve_from_today(LAWYER)
    told.rail_of_client_says(FINANCE)
    told.director_sends_away()
    told.logistics_decides()
    finance = told.finance_is_late()
    told.second_return(finance)
    told.approve_on_the_page(told.at_the_contract(FINANCE))
    told.approve_from_today(DIRECTOR)
    told.registered()
    told.papers_open()
    told.through_the_clients_eyes()
    told.strangers_see_nothing()
