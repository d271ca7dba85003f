"""What was signed long ago comes in with its register and is found by another form of a word."""

import io
import re
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import expect

from tests.stories.hands import Hands
from tests.support.story import Story

SUBJECTS = {"ru": "Заём и аренда ангара", "en": "Loan of a tool and lease of a hangar"}
# Asked for in other forms than the register has.
SOUGHT = {"ru": ("займы ангаров", "Заём"), "en": ("loans hangars", "Loan")}
PEOPLE = {"ru": "Елена Орлова", "en": "Elena Orlova"}


def rows_of(subject: str) -> list[tuple[str, ...]]:
    return [
        ("Номер", "Дата", "ИНН", "Контрагент", "Предмет", "Срок"),
        ("77/2025", "01.03.2025", "7707083893", "ПАО «Сбербанк»", subject, "31.12.2027"),
        ("78/2025", "вчера", "123", "Никто", "Услуги", ""),
    ]


def register(folder: Path, subject: str) -> Path:
    """A register as an accountant keeps it, with one row that is wrong."""
    book = openpyxl.Workbook()
    for row in rows_of(subject):
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    path = folder / "register.xlsx"
    path.write_bytes(out.getvalue())
    return path


@pytest.mark.parametrize("language", ["ru", "en"], indirect=True)
def test_a_register_comes_in_and_is_found(story: Story, tmp_path: Path) -> None:
    language = story.language
    (sought, found), subject = SOUGHT[language], SUBJECTS[language]
    elena = Hands(story.enter(PEOPLE[language], "/desk/contracts/register/"), language)
    elena.page.set_input_files("#register", register(tmp_path, subject))
    elena.press("Try it")
    elena.sees("Nothing is taken yet.")
    expect(elena.page.get_by_text("«123»").or_(elena.page.get_by_text("“123”"))).to_be_visible()
    story.shot(elena.page, "desk-register")
    elena.page.locator("button[name=take]").click()
    expect(elena.page).to_have_url(re.compile(r"/desk/contracts/$"))
    elena.page.locator("#q").fill(sought)
    elena.page.locator("#q").press("Enter")
    expect(elena.page.locator(".hit mark").first).to_have_text(found)
    story.shot(elena.page, "desk-found-again")
    elena.page.locator(".hit a").first.click()
    expect(elena.page.locator("h1")).to_contain_text("77/2025")
    elena.press("Current wording")
    elena.sees("There are no amendments in force: the text is as it was signed.")
