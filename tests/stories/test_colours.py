"""The judge of colours: each kind of words once, wherever it first stands, and none unseen."""

from playwright.sync_api import Browser, Page

from tests.support.axe import BUT_COLOURS, OF_LOOKS, Judge

PAGE = """<!doctype html><html lang="en"><head><title>Words</title><style>
  .pale, .pale * { color: #ccc } .mode:has(:checked) p { color: #ddd }
  @media (prefers-color-scheme: dark) {
    body { background: #000; color: #fff } .dim { color: #222 }
  }
</style></head><body><main><h1>Words</h1>%s</main></body></html>"""


def found(judge: Judge, page: Page, inner: str, scheme: str = "light") -> list[str]:
    """The words found too pale."""
    page.set_content(PAGE % inner)
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    rules = OF_LOOKS if scheme == "dark" else BUT_COLOURS
    return [fault for fault in judge.violations(page, rules, scheme) if "color-contrast" in fault]


def test_every_kind_of_words_is_judged_where_it_first_stands(browser: Browser) -> None:
    judge, page = Judge(), browser.new_page()
    assert found(judge, page, "<p>One</p><p>Two</p>") == []
    assert len(found(judge, page, "<p>One</p><p class='pale'>Two</p>")) == 1
    # The same words inside something pale, and in a state that makes them pale, are other kinds.
    assert len(found(judge, page, "<div class='pale'><p>One</p></div>")) == 1
    mode = "<form class='mode'><label><input type='radio' {}>Yes</label><p>One</p></form>"
    assert found(judge, page, mode.format("")) == []
    assert len(found(judge, page, mode.format("checked"))) == 1
    # By night all is judged anew.
    assert found(judge, page, "<p class='dim'>One</p>") == []
    assert len(found(judge, page, "<p class='dim'>One</p>", "dark")) == 1
    page.close()


def test_what_decides_how_words_look_is_told_apart(browser: Browser) -> None:
    judge, page = Judge(), browser.new_page()
    assert found(judge, page, "<p>One</p><p><b>Two</b></p><p style='font-size: 30px'>Big</p>") == []
    for pale in (
        "<p style='color: #999'>One</p>",
        "<p style='background: #555'>One</p>",
        "<div style='background: #555'><p>One</p></div>",
        "<div style='opacity: .3'><p>One</p></div>",
        # Of what is no word, or is switched off, nobody asks whether it can be read.
        "<p style='color: #ccc'>·</p><p style='color: #ccc'>One</p>",
        "<button disabled style='color: #bbb'>One</button><button style='color: #bbb'>One</button>",
        # Large words may be paler than small ones.
        "<p style='color: #888; font-size: 30px'>Big</p><p style='color: #888'>One</p>",
    ):
        assert len(found(judge, page, pale)) == 1, pale
    page.close()


def test_what_is_no_matter_of_colour_is_found_each_time(browser: Browser) -> None:
    judge, page = Judge(), browser.new_page()
    for _again in range(2):
        page.set_content(PAGE % "<p><a href='/x'></a></p>")
        faults = list(judge.violations(page, BUT_COLOURS, "light"))
        assert any("link-name" in fault for fault in faults)
    page.close()


def test_what_a_whole_page_tells_is_asked_of_each_page(browser: Browser) -> None:
    """The same elements under the same names: whether ids meet is another matter on each page."""
    judge, page = Judge(), browser.new_page()
    field = "<p><label for='{}'>Name</label><input id='{}'></p>"
    note = "<p id='{}'>Note</p><button aria-labelledby='{}'></button>"

    def faults(inner: str) -> list[str]:
        page.set_content(PAGE % inner)
        return list(judge.violations(page, BUT_COLOURS, "light"))

    assert faults(field.format("a", "a")) == []
    assert any("label" in fault for fault in faults(field.format("a", "b")))
    assert faults(note.format("n", "n")) == []
    assert any("button-name" in fault for fault in faults(note.format("n", "m")))
    page.close()
