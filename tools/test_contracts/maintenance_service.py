"""Обслуживание техники: exported by Google Docs, everything direct, a list definition per list."""

from pathlib import Path

from tools.test_contracts.ooxml import (
    MARK_XML,
    abstract,
    level,
    num,
    num_pr,
    para,
    run,
    sect,
    style,
    table,
)
from tools.test_contracts.package import Package
from tools.test_contracts.texts import Section, common, pieces, sections

ARIAL = '<w:rFonts w:ascii="Arial" w:cs="Arial" w:eastAsia="Arial" w:hAnsi="Arial"/>'
NOT_RTL = '<w:rtl w:val="0"/>'
SIZE = '<w:sz w:val="22"/><w:szCs w:val="22"/>'
LINES = '<w:spacing w:after="160" w:before="0" w:line="360" w:lineRule="auto"/>'
BULLETS = ("●", "○", "■")


def make(path: Path) -> None:
    """Write the contract, its fleet, its formula and the questionnaire typed by a mechanic."""
    book = Package(styles=style("Normal", "normal1", rpr=ARIAL + SIZE), numbering=_numbering())
    site = book.relate("hyperlink", "https://example.com/service", outside=True)
    foot = book.edge("footer", "footer1", para(_said("Договор ТО-26/04, конфиденциально")))
    book.add(para(_said("ДОГОВОР ОКАЗАНИЯ УСЛУГ № ТО-26/04", '<w:b w:val="1"/>'), LINES))
    book.add(para(_said("г. Казань, 3 марта 2026 г."), LINES))
    written = [*sections("service"), *common("Термины", "Заверения", "Антикорр")]
    for place, one in enumerate(written):
        _part(book, one, bullets=place % 2 == 0)
        if place == 1:
            _portal(book, site)
    _fleet(book)
    _formula(book)
    _questions(book)
    book.add(sect(refs=foot))
    book.save(path)


def _said(text: str, props: str = "") -> str:
    """Google repeats the whole look in every run."""
    return "".join(
        run(words, MARK_XML.get(mark, "") + props + ARIAL + SIZE + NOT_RTL)
        for mark, words in pieces(text)
        if mark != "note"
    )


def _levels(*first: tuple[str, str]) -> list[str]:
    """Nine levels are always written, used or not."""
    made = []
    for at in range(9):
        fmt, shown = first[at] if at < len(first) else ("bullet", BULLETS[at % 3])
        indent = f'<w:ind w:left="{360 * (at + 1)}" w:hanging="360"/>'
        made.append(level(at, fmt, shown, ppr=indent))
    return made


def _numbering() -> str:
    main = (("decimal", "%1."), ("decimal", "%1.%2."), ("lowerLetter", "%3."))
    return (
        abstract(1, *_levels(*main))
        + abstract(2, *_levels())
        + abstract(3, *_levels(("decimal", "%1)"), ("lowerRoman", "%2.")))
        + abstract(4, *_levels(("decimal", "%1."), ("decimal", "%1.%2")))
        + num(1, 1)
        + num(2, 2)
        + num(3, 3)
        + num(4, 4)
    )


def _item(text: str, number: int, at: int, props: str = "") -> str:
    left = f'<w:ind w:left="{720 * at}" w:hanging="360"/>'
    return para(_said(text, props), num_pr(number, at) + LINES + left)


def _part(book: Package, one: Section, *, bullets: bool) -> None:
    book.add(_item(one.title, 1, 0, '<w:b w:val="1"/>'))
    for item in one.items:
        book.add(_item(item.text, 1, 1))
        for words in item.subs:
            book.add(_item(words, 2, 0) if bullets else _item(words, 1, 2))
        if item.subs:
            # Text that belongs to the point above but carries no number of its own.
            book.add(para(_said("Перечень дополняется по соглашению сторон."), LINES))


def _portal(book: Package, site: str) -> None:
    words = _said("Вход в личный кабинет: ")
    link = f'<w:hyperlink r:id="{site}">{_said("example.com/service", MARK_XML["u"])}</w:hyperlink>'
    book.add(para(words + link, LINES))


def _fleet(book: Package) -> None:
    book.add(
        para('<w:r><w:br w:type="page"/></w:r>' + _said("Приложение № 1. Перечень техники"), LINES)
    )
    rows = [["№", "Машина", "Зав. номер", "Год", "Моточасы", "Площадка"]]
    kinds = ("Электропогрузчик 1,8 т", "Ричтрак 2 т", "Штабелёр 1,5 т", "Дизельный погрузчик 3 т")
    for at in range(1, 61):
        rows.append(
            [
                str(at),
                kinds[at % 4],
                f"FB{18_000 + at * 137}",
                str(2016 + at % 9),
                str(at * 211),
                "Казань-2",
            ]
        )
    book.add(table(rows, [600, 3000, 1700, 900, 1300, 1900], heads=1))


def _formula(book: Package) -> None:
    book.add(
        para(
            '<w:r><w:br w:type="page"/></w:r>' + _said("Приложение № 2. Расчёт коэффициента"), LINES
        )
    )
    book.add(_item("Исходные данные берутся из телеметрии машин.", 3, 0))
    book.add(_item("Коэффициент K~{тг} = (T − T~{п}) / T, где:", 3, 0))
    book.add(_item("T — календарное время месяца за вычетом плановых остановок, ч;", 3, 1))
    book.add(_item("T~{п} — время простоя по вине Исполнителя, ч.", 3, 1))
    book.add(_item("Результат округляется до второго знака после запятой.", 3, 0))
    book.add(_item("Порядок сверки", 4, 0))
    book.add(_item("Исполнитель присылает расчёт до 3-го числа.", 4, 1))
    book.add(_item("Заказчик отвечает в течение двух рабочих дней.", 4, 1))
    book.add(_item("Несогласованная часть переносится", 4, 0))


def _questions(book: Package) -> None:
    book.add(para(_said("Приложение № 3. Опросный лист площадки"), LINES))
    for at, words in enumerate(
        ("пол ровный, уклон до 2 %", "розетка 380 В", "навес", "ворота 4 м"), 1
    ):
        book.add(para(_said(f"{at}) На площадке есть {words}: да / нет"), LINES))
    book.add(para(_said("5. Ответственный на площадке: ____________________"), LINES))
    # A bare year and a sum open a paragraph: these are no numbers of anything.
    book.add(para(_said("2026 год является первым годом обслуживания."), LINES))
    book.add(para(_said("12 машин обслуживаются на выезде."), LINES))
