"""The behaviours of the design system in a real browser, under the strict policy."""

import json
import re
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.common.small_site import Answer, Form, SmallSite, drawn, whole
from tests.common.test_ui import NOW
from tests.support import chromium
from zabota.common import styleguide

pytestmark = pytest.mark.story

# A clause as its page has it open.
AREA = {"place": "0", "text": "Пять дней", "revision": 3}
EDITOR = {"view": {"id": "c", "path": "5.2", "pieces": [AREA]}, "draft_key": "anna"}
E, SAVE = "#e-c-0", "/clauses/c/"


@pytest.fixture(scope="module")
def chrome() -> Iterator[Browser]:
    program = chromium.find()
    if program is None:
        pytest.skip("no Chromium on this machine; ./zabota test installs one")
    with sync_playwright() as play:
        chrome = play.chromium.launch(executable_path=program, args=chromium.ARGUMENTS)
        yield chrome
        chrome.close()


@pytest.fixture
def site() -> Iterator[SmallSite]:
    site = SmallSite()
    yield site
    site.close()


@pytest.fixture
def tab(chrome: Browser) -> Iterator[Page]:
    """A tab that fails its test when a script breaks or the policy refuses something."""
    tab = chrome.new_page()
    troubles: list[str] = []
    tab.on("pageerror", lambda error: troubles.append(str(error)))
    tab.on("console", lambda line: troubles.append(line.text) if "Policy" in line.text else None)
    yield tab
    tab.close()
    assert troubles == []


def as_json(status: int = 200, **fields: object) -> Answer:
    return Answer(json.dumps(fields), status, "application/json")


def edit(site: SmallSite, tab: Page) -> None:
    """Opens a page with one clause being edited."""
    site.page("/clause", drawn("contracts/sheet/edit.html", **EDITOR))
    site.answers.setdefault(f"{SAVE}redline/", lambda address, form: Answer())
    tab.goto(f"{site.url}/clause")


def test_a_clause_is_saved_after_a_moment_of_quiet(site: SmallSite, tab: Page) -> None:
    site.answers[SAVE] = lambda address, form: as_json(revision=4, words="Сохранено в 12:40")
    edit(site, tab)
    tab.fill(E, "Десять дней")
    expect(tab.locator(f"{E}-saved")).to_have_text("Сохранено в 12:40")
    assert (SAVE, {"part-0": "Десять дней", "revision": "3"}) in site.asked
    assert tab.locator("[name=revision-0]").input_value() == "4"
    assert tab.evaluate("localStorage.length") == 0


def test_unsent_text_outlives_a_lost_connection_and_a_reload(site: SmallSite, tab: Page) -> None:
    site.answers[SAVE] = lambda address, form: Answer(status=502)
    edit(site, tab)
    tab.fill(E, "Десять дней")
    expect(tab.locator(f"{E}-saved")).to_contain_text("нет связи")
    site.answers[SAVE] = lambda address, form: as_json(revision=4, words="Сохранено")
    tab.reload()
    assert tab.locator(E).input_value() == "Десять дней"
    expect(tab.locator(f"{E}-saved")).to_have_text("Сохранено")
    assert tab.evaluate("localStorage.length") == 0


def test_what_the_server_refuses_is_said_in_its_words(site: SmallSite, tab: Page) -> None:
    site.answers[SAVE] = lambda address, form: as_json(422, words="Не длиннее 20 000 знаков")
    edit(site, tab)
    tab.fill(E, "Много")
    expect(tab.locator(f"{E}-saved")).to_have_text("Не длиннее 20 000 знаков")


@pytest.mark.parametrize(("choice", "kept"), [("mine", "Десять"), ("theirs", "Четыре")])
def test_two_texts_of_one_clause_are_both_shown(
    site: SmallSite, tab: Page, choice: str, kept: str
) -> None:
    def save(address: str, form: Form) -> Answer:
        if form["revision"] == "3":
            return as_json(409, revision=7, text="Четыре", said="Сохранила Анна Крылова, 12:41")
        return as_json(revision=8, words="Сохранено")

    site.answers[SAVE] = save
    edit(site, tab)
    tab.fill(E, "Десять")
    box = tab.locator(f"{E}-conflict")
    expect(box).to_contain_text("Анна Крылова, 12:41")
    expect(box.locator("[data-mine]")).to_have_text("Десять")
    expect(box.locator("[data-theirs]")).to_have_text("Четыре")
    tab.click(f"[data-take={choice}]")
    expect(tab.locator(f"{E}-saved")).to_have_text("Сохранено")
    assert (SAVE, {"part-0": kept, "revision": "7"}) in site.asked
    expect(box.locator("[data-mine]")).to_have_text("Десять")


def test_the_redline_follows_what_is_typed(site: SmallSite, tab: Page) -> None:
    site.answers[SAVE] = lambda address, form: as_json(revision=4, words="Сохранено")
    site.answers[f"{SAVE}redline/"] = lambda address, form: Answer(f"<ins>{form['part-0']}</ins>")
    edit(site, tab)
    tab.fill(E, "Десять")
    expect(tab.locator("#e-c-redline ins")).to_have_text("Десять")


def test_values_stand_in_the_text_at_once(site: SmallSite, tab: Page) -> None:
    site.page(
        "/fill",
        '<label>Цена <input data-field="price" inputmode="decimal"></label>'
        '<p class="field blank" data-field="price" data-empty="цена">цена</p>',
    )
    tab.goto(f"{site.url}/fill")
    tab.fill("input[data-field]", "1240000")
    expect(tab.locator("p.field")).to_have_text(re.compile(r"^1\s240\s000$"))
    expect(tab.locator("p.field")).not_to_have_class(re.compile("blank"))
    tab.fill("input[data-field]", "")
    expect(tab.locator("p.field")).to_have_text("цена")


FIELDS = (
    '<details open><summary data-tally></summary><form data-fields data-values-key="anna-1" '
    'data-typed="Без связи вы набрали:" data-unsaved="нет связи" action="/values/">'
    '<meter max="2" value="0"></meter><div class="field-box"><input id="city" name="f:city" '
    'data-field="city" data-help="help" value="{city}"><p id="help"></p></div>'
    "<span data-fields-saved></span></form></details>"
)


def test_what_is_typed_into_a_field_outlives_a_lost_connection(site: SmallSite, tab: Page) -> None:
    site.answers["/values/"] = lambda address, form: Answer(status=502)
    site.page("/fill", FIELDS.format(city=""))
    tab.goto(f"{site.url}/fill")
    tab.fill("#city", "Тверь")
    expect(tab.locator("[data-fields-saved]")).to_have_text("нет связи")
    site.page("/fill", FIELDS.format(city="Омск"))
    tab.reload()
    assert tab.locator("#city").input_value() == "Омск"
    expect(tab.locator(".field-box")).to_contain_text("Без связи вы набрали: Тверь")
    site.page("/fill", FIELDS.format(city=""))
    site.answers["/values/"] = lambda address, form: as_json(
        words="Сохранено", problems={}, tally="Поля: 1 из 2", filled=1
    )
    tab.reload()
    assert tab.locator("#city").input_value() == "Тверь"
    expect(tab.locator("[data-fields-saved]")).to_have_text("Сохранено")
    assert tab.evaluate("[document.querySelector('meter').value, localStorage.length]") == [1, 0]


LIVE = (
    '<div id="rail" data-live="/live?seen={seen}">{words}'
    "<details><summary>Ещё</summary>1</details></div>"
)


def test_a_part_updates_itself_but_never_what_the_reader_opened(site: SmallSite, tab: Page) -> None:
    site.page("/rail", LIVE.format(seen=1, words="у Ольги"))
    fresh = Answer(LIVE.format(seen=2, words="у Павла"))
    site.answers["/live"] = lambda address, form: (
        fresh if address.endswith("seen=1") else Answer(status=204)
    )
    tab.clock.install()
    tab.goto(f"{site.url}/rail")
    tab.click("summary")
    tab.clock.run_for(11_000)
    expect(tab.locator("#rail")).to_contain_text("у Ольги")
    assert "/live" not in [address.partition("?")[0] for address, _ in site.asked]
    tab.click("summary")
    tab.locator("summary").blur()
    tab.clock.run_for(5_000)
    expect(tab.locator("#rail")).to_contain_text("у Павла")
    tab.clock.run_for(5_000)
    with tab.expect_response("**/live?seen=2") as answer:
        tab.clock.run_for(5_000)
    assert answer.value.status == 204


def test_a_form_is_sent_once(site: SmallSite, tab: Page) -> None:
    site.page("/form", '<form method="post" action="/sent"><button>Отправить</button></form>')
    site.page("/sent", "<h1>Отправлено</h1>")
    tab.goto(f"{site.url}/form")
    busy, refused = tab.evaluate(
        """() => {
          const form = document.querySelector('form[action="/sent"]');
          const button = form.querySelector("button");
          form.requestSubmit(button);
          const again = new SubmitEvent("submit", { cancelable: true, bubbles: true });
          return [button.getAttribute("aria-busy"), !form.dispatchEvent(again)];
        }"""
    )
    assert (busy, refused) == ("true", True)
    expect(tab.get_by_role("heading")).to_have_text("Отправлено")


def test_a_dialog_opens_over_the_page_and_the_link_works_without_it(
    site: SmallSite, chrome: Browser, tab: Page
) -> None:
    site.page("/sooner", "<h1>Нужно раньше</h1>")
    site.page(
        "/case",
        '<a href="/sooner" data-dialog="d">Нужно раньше</a>'
        '<dialog id="d" aria-label="Срок"><button data-close>Закрыть</button></dialog>',
    )
    tab.goto(f"{site.url}/case")
    tab.click("[data-dialog]")
    expect(tab.locator("#d")).to_be_visible()
    tab.click("[data-close]")
    expect(tab.locator("#d")).to_be_hidden()
    without = chrome.new_page(java_script_enabled=False)
    without.goto(f"{site.url}/case")
    without.click("[data-dialog]")
    expect(without.get_by_role("heading")).to_have_text("Нужно раньше")
    without.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
def test_the_style_guide_has_no_fault_for_axe_and_no_sideways_scroll(
    site: SmallSite, tab: Page, width: int, scheme: str
) -> None:
    guide = whole("{% extends 'common/styleguide.html' %}", **styleguide.sample(NOW))
    site.answers["/styleguide/"] = lambda address, form: Answer(guide)
    tab.set_viewport_size({"width": width, "height": 844})
    tab.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    tab.goto(f"{site.url}/styleguide/")
    found = Axe().run(tab).response["violations"]
    assert [(fault["id"], [node["target"] for node in fault["nodes"]]) for fault in found] == []
    assert tab.evaluate("document.documentElement.scrollWidth") <= width


def test_a_settled_stage_among_several_bears_the_tick_of_the_others(
    site: SmallSite, tab: Page
) -> None:
    dot = '<span class="dot"><svg class="icon"></svg></span><div></div>'
    inner = f'<ul class="pair"><li class="done" id="in">{dot}</li></ul>'
    rail = f'<li class="done" id="out">{dot}</li><li class="on">{dot}<div>{inner}</div></li>'
    site.page("/rail", f'<ol class="rail">{rail}</ol>')
    tab.goto(f"{site.url}/rail")
    looks = [
        tab.evaluate(
            "at => { const dot = document.querySelector(at + ' > .dot');"
            " const own = getComputedStyle(dot), tick = getComputedStyle(dot.firstElementChild);"
            " return [own.backgroundColor, own.color, tick.color]; }",
            at,
        )
        for at in ("#in", "#out")
    ]
    assert looks[0] == looks[1]
    ground, _, tick = looks[0]
    assert ground != tick
