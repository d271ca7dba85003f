"""An angry letter on a Friday evening: heard at once, handled by the script, made good beyond the
rules, explained where it was late, and played again as an exercise.
"""

import datetime as dt
import re
import time
from collections.abc import Iterator
from email.message import EmailMessage
from email.utils import format_datetime, make_msgid
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import expect

from tests.stories.hands import Hands
from tests.stories.signatures import MAILS
from tests.support.imap import PASSWORD, USER, ImapServer
from tests.support.story import PHONE, Story

MOSCOW = ZoneInfo("Europe/Moscow")
FIRM = "care@severny-svet.example"
CLIENT = {"ru": "Анна Крылова", "en": "John Adams"}
MANAGER = {"ru": "Игорь Ким", "en": "Igor Kim"}
DIRECTOR = {"ru": "Елена Орлова", "en": "Elena Orlova"}
SUBJECT = {"ru": "Опять не привезли", "en": "Not delivered again"}
ANGER = {
    "ru": "Третий раз обещаете и не везёте. Объект стоит, люди ждут. Если так пойдёт и дальше,"
    " мы уйдём к другому поставщику.",
    "en": "This is the third time you promise and do not deliver. The site stands still, people"
    " wait. If it goes on like this, we will leave you for another supplier.",
}
RULE = {"ru": "Доставка за наш счёт", "en": "Delivery at our expense"}
REASON = {"ru": "Объект стоит по нашей вине", "en": "The site stands still because of us"}
TOLD = {
    "ru": "Везём отдельной машиной за наш счёт.",
    "en": "It comes by a separate truck at our expense.",
}
CAUSE = {"ru": "Машина сломалась в дороге.", "en": "The truck broke down on its way."}
SORRY = {
    "ru": "Мы опоздали: машина сломалась в дороге. Другая уже у вас.",
    "en": "We were late: the truck broke down on its way. Another is with you now.",
}
OFFER = {
    "ru": "Всей партии сегодня нет; привезли половину и дали свои лампы на время.",
    "en": "The whole lot is not there today; half of it came, and our own lamps for the meantime.",
}
CLIENT_FIRST = {"ru": "Анна", "en": "John"}
HEARD = {
    "ru": "Ждут к полудню, встречает прораб Семёнов.",
    "en": "They expect it by noon; the foreman receives it.",
}
THANKS = {"ru": "Спасибо, что не бросили.", "en": "Thank you for not leaving us alone."}
SURNAME = {"ru": "Крылова", "en": "Adams"}
EXERCISE = {"ru": "В третий раз не привезли", "en": "Not delivered for the third time"}
FIRST_WORDS = {
    "ru": "Вижу, что стоите. Через час позвоню и скажу, что делаем.",
    "en": "I see that you stand still. In an hour I call and say what we do.",
}


@pytest.fixture
def imap() -> Iterator[ImapServer]:
    with ImapServer() as server:
        yield server


def friday_evening() -> dt.datetime:
    """The next Friday at 18:50 in Moscow that is not over yet."""
    now = dt.datetime.now(MOSCOW)
    day = now.date() + dt.timedelta(days=(4 - now.weekday()) % 7)
    at = dt.datetime.combine(day, dt.time(18, 50), MOSCOW)
    return at if at > now else at + dt.timedelta(days=7)


def written(sender: str, subject: str, text: str, at: dt.datetime) -> bytes:
    """The letter as the client's own program writes it."""
    letter = EmailMessage()
    letter["From"], letter["To"], letter["Subject"] = sender, FIRM, subject
    letter["Date"], letter["Message-ID"] = (
        format_datetime(at),
        make_msgid(domain="romashka.example"),
    )
    letter.set_content(text)
    return letter.as_bytes()


def sets_up(elena: Hands, imap: ImapServer, saturday: dt.date) -> None:
    """The firm works on that Saturday, and reads its mailbox."""
    elena.page.locator("[name=day]").fill(saturday.isoformat())
    elena.page.locator("[name=kind]").select_option("working")
    elena.press("Set the day")
    elena.goes("/desk/firm/mailboxes/add/")
    page = elena.page
    for name, value in (
        ("name", "Помощь"), ("address", FIRM), ("host", "127.0.0.1"), ("port", str(imap.port)),
        ("login", USER), ("password", PASSWORD),
    ):  # fmt: skip
        page.locator(f"[name={name}]").fill(value)
    page.locator("[name=security]").select_option("none")
    page.locator("form.card button.main").click()
    expect(page.get_by_text(FIRM).first).to_be_visible()


@pytest.mark.parametrize("language", ["ru", "en"], indirect=True)
def test_an_angry_letter(story: Story, imap: ImapServer) -> None:
    language, evening = story.language, friday_evening()
    elena = Hands(story.enter(DIRECTOR[language], "/desk/firm/days/"), language)
    sets_up(elena, imap, evening.date() + dt.timedelta(days=1))
    ahead = evening - dt.datetime.now(MOSCOW)
    story.later(f"{int(ahead.total_seconds() // 60) + 1}m")
    mail = MAILS[CLIENT[language]]
    imap.put(written(mail, SUBJECT[language], ANGER[language], evening))
    receipt = story.letter(mail, SUBJECT[language])
    number = re.search(r"[ОR]-\d+-\d+", receipt)
    assert number is not None, receipt
    igor = Hands(story.enter(MANAGER[language], "/desk/tickets/"), language)
    igor.reads(SUBJECT[language])
    # Nine in the morning of the Saturday: it is a working day, and the clock runs.
    story.later("14h15m")
    follows_the_script(story, igor, number[0])
    goes_beyond(story, igor, elena, number[0])
    explains(story, igor, elena, number[0])
    finishes(story, igor, number[0])
    says_how_it_was(story, number[0])
    thursday = dt.datetime.combine(evening + dt.timedelta(days=6), dt.time(10, 30))
    plays_it_again(story, igor, elena, number[0], thursday)


def opens(hands: Hands, number: str, path: str = "/desk/tickets/") -> None:
    """The request under this number, from a list."""
    hands.goes(path)
    row = hands.page.locator(".row, tr", has_text=number).first
    row.get_by_role("link").first.click()
    expect(hands.page.locator(".head .num")).to_contain_text(number)


def follows_the_script(story: Story, igor: Hands, number: str) -> None:
    """He takes it, says what the script says, and marks the step with what he heard."""
    opens(igor, number)
    igor.press("Take it")
    igor.sees("You have it now; the client sees your name.")
    story.shot(igor.page, "desk-angry-ticket")
    script = igor.page.locator("section[id^=script-]").first
    igor.press("Say this", script.locator("li").first)
    text = igor.page.locator("#text")
    expect(text).not_to_have_value("")
    igor.press("Send to the client")
    expect(igor.page.locator("#thread")).to_contain_text(CLIENT_FIRST[story.language])
    step = igor.page.locator("section[id^=script-] li").first
    step.locator("textarea").fill(HEARD[story.language])
    igor.press("Done", step)
    expect(igor.page.locator("section[id^=script-] li.done")).to_contain_text(HEARD[story.language])


def goes_beyond(story: Story, igor: Hands, elena: Hands, number: str) -> None:
    """It costs more than he may decide: the director allows it from her phone."""
    language = story.language
    igor.press("Beyond the rules")
    for name, value in (
        ("rule", RULE[language]), ("reason", REASON[language]), ("cost", "48000"),
        ("told", TOLD[language]),
    ):  # fmt: skip
        igor.page.locator(f"[name={name}]").fill(value)
    story.shot(igor.page, "desk-beyond-new")
    igor.press("Do it")
    igor.reads(RULE[language])
    elena.page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    elena.goes("/desk/")
    elena.page.locator(".row", has_text=RULE[language]).first.locator(".buttons a").click()
    story.shot(elena.page, "desk-beyond-asked")
    elena.page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    elena.press("Allow")
    # Letters in a short time make one: the next leaves a little later.
    story.later("15m")
    story.letter(MAILS[CLIENT[language]], TOLD[language])


def explains(story: Story, igor: Hands, elena: Hands, number: str) -> None:
    """Its end was promised for Tuesday, and news before that; on Wednesday he says why, of each, to
    the client and to her.
    """
    language = story.language
    story.later("4d")
    # What broke while time passed is found within seconds.
    rows = igor.page.locator("tr", has_text=number)
    ends = time.monotonic() + 30
    while rows.count() < 2 and time.monotonic() < ends:
        igor.goes("/desk/explanations/")
    for place in range(2):
        igor.goes("/desk/explanations/")
        rows.nth(place).get_by_role("link").first.click()
        if not place:
            story.shot(igor.page, "desk-explain")
        igor.page.locator("[name=cause]").first.check()
        igor.page.locator("[name=words]").fill(CAUSE[language])
        igor.page.locator("[name=told]").fill(SORRY[language])
        igor.press("Explain")
        igor.reads(CAUSE[language])
    story.letter(MAILS[CLIENT[language]], SORRY[language])
    elena.goes("/desk/explanations/")
    elena.page.locator("tr", has_text=number).first.get_by_role("link").first.click()
    elena.reads(CAUSE[language])


def finishes(story: Story, igor: Hands, number: str) -> None:
    """Helped another way, in words."""
    opens(igor, number, "/desk/tickets/")
    igor.press("Finish")
    igor.page.get_by_label(igor.t("Helped another way")).check()
    igor.type_in("In words for the client", OFFER[story.language])
    igor.press("Finish and tell the client")
    igor.sees("Finished. The client has been told.")


def says_how_it_was(story: Story, number: str) -> None:
    """The client is asked once, and says it."""
    language = story.language
    story.later("1d")
    story.letter(MAILS[CLIENT[language]], number, OFFER[language])
    client = Hands(story.enter(CLIENT[language], "/room/tickets/"), language)
    client.page.get_by_role("link", name=re.compile(SUBJECT[language])).first.click()
    form = client.page.locator("#verdict")
    form.locator("[name=helped]").first.check()
    form.locator("[name=effort]").nth(1).check()
    form.locator("[name=words]").fill(THANKS[language])
    story.shot(client.page, "room-verdict")
    client.press("Say it")
    client.reads(THANKS[language])


def plays_it_again(
    story: Story, igor: Hands, elena: Hands, number: str, thursday: dt.datetime
) -> None:
    """The director makes an exercise of it; he plays it; she scores it."""
    language = story.language
    opens(elena, number, "/desk/tickets/?state=done")
    elena.press("Make an exercise of it")
    expect(elena.page.locator("[name=text]")).not_to_have_value(re.compile(SURNAME[language]))
    elena.page.locator("[name=title]").fill(EXERCISE[language])
    story.shot(elena.page, "desk-exercise-new")
    elena.press("Save the exercise")
    elena.page.locator("[name=employee]").select_option(label=MANAGER[language])
    elena.page.locator("[name=how][value=moment]").check()
    elena.page.locator("[name=when]").fill(f"{thursday:%Y-%m-%dT%H:%M}")
    elena.press("Plan")
    elena.reads(MANAGER[language])
    story.later("70m")
    igor.goes("/desk/")
    igor.page.locator(".row", has_text=EXERCISE[language]).get_by_role("link").last.click()
    igor.page.locator("#text").fill(FIRST_WORDS[language])
    story.shot(igor.page, "desk-drill")
    igor.press("Answer")
    igor.reads(FIRST_WORDS[language])
    igor.page.get_by_label(igor.t("Helped another way")).check()
    igor.type_in("In words for the client", OFFER[language])
    igor.press("Finish the drill")
    igor.reads(OFFER[language])
    elena.goes("/desk/drills/")
    elena.page.locator(".row", has_text=EXERCISE[language]).get_by_role("link").first.click()
    elena.page.locator("[name=words][value='5']").check()
    elena.page.locator("[name=sensible][value=yes]").check()
    elena.press("Score")
    elena.goes("/desk/drills/")
    story.shot(elena.page, "desk-drills")
