"""Хранение: Word counts the sections, people type the points; breaks, columns, an empty number."""

from pathlib import Path

from tools.test_contracts.ooxml import (
    abstract,
    fonts,
    level,
    num,
    num_pr,
    para,
    picture,
    run,
    sect,
    style,
    table,
)
from tools.test_contracts.package import Package
from tools.test_contracts.texts import Section, common, sections

LINES = '<w:spacing w:after="120" w:line="340" w:lineRule="auto"/><w:jc w:val="both"/>'
LETTERS = "абвгдежз"


def make(path: Path) -> None:
    """Write the contract, its tariffs in a landscape section and the rules of the site."""
    book = Package(styles=_styles(), numbering=_numbering())
    foot = book.edge("footer", "footer1", para(run("Хранитель ________ Поклажедатель ________")))
    stamp = book.image()
    book.add(para(run("ДОГОВОР СКЛАДСКОГО ХРАНЕНИЯ № 44/Х", "<w:b/>")))
    book.add(para(run("Город Новосибирск, одиннадцатое февраля две тысячи двадцать шестого года")))
    written = [*sections("storage"), *common("Термины", "Персональные")]
    for place, one in enumerate(written, 1):
        _section(book, place, one)
        if place == 4:
            # The heads' list goes on over the break and the new section.
            book.add(para("", sect(refs=foot)))
    book.add(para(run("Реквизиты и подписи Сторон", "<w:b/>"), num_pr(1, 0)))
    book.add(para("", sect(refs=foot, kind="continuous")))
    _details(book)
    book.add(para(picture(stamp, "Печать"), sect(refs=foot, columns=2, kind="continuous")))
    _tariffs(book)
    book.add(para("", sect(refs=foot, landscape=True)))
    _rules(book)
    book.add(sect(refs=foot))
    book.save(path)


def _styles() -> str:
    return style("Normal", "Normal", ppr=LINES, rpr=fonts("Verdana", 21))


def _numbering() -> str:
    indent = '<w:ind w:left="567" w:hanging="567"/>'
    return (
        abstract(1, level(0, "decimal", "%1.", ppr=indent))
        + abstract(
            2,
            level(0, "upperRoman", "%1.", ppr=indent),
            level(1, "upperLetter", "%2.", ppr=indent),
            level(2, "decimal", "%2.%3)", ppr=indent),
        )
        + abstract(3, level(0, "bullet", "—", ppr=indent))
        + num(1, 1)
        + num(2, 2)
        + num(3, 3)
    )


def _section(book: Package, place: int, one: Section) -> None:
    book.add(para(book.inline(one.title, "<w:b/>"), num_pr(1, 0)))
    for at, item in enumerate(one.items, 1):
        soft = item.text.replace("ответственност", "ответ\u00adствен\u00adност")
        book.add(para(run(f"{place}.{at}.\t") + book.inline(soft)))
        for number, words in enumerate(item.subs):
            if place % 3 == 0:
                book.add(para(book.inline(words), num_pr(3, 0)))
            elif place % 3 == 1:
                book.add(para(run(f"{place}.{at}.{number + 1}\u00a0") + book.inline(words)))
            else:
                book.add(para(run(f"{LETTERS[number]}) ") + book.inline(words)))


def _details(book: Package) -> None:
    for side, name, place in (
        ("Хранитель", "ООО «Сиб-Склад»", "г. Новосибирск, ул. Станционная, 60"),
        ("Поклажедатель", "ООО «Аптека плюс»", "г. Томск, пр. Ленина, 8"),
    ):
        for words in (side, name, place, "ИНН 5404000000, КПП 540401001", "___________________"):
            book.add(para(run(words)))
        if side == "Хранитель":
            book.add(para('<w:r><w:br w:type="column"/></w:r>'))


def _tariffs(book: Package) -> None:
    book.add(para(run("ПРИЛОЖЕНИЕ 1. ТАРИФЫ", "<w:b/>")))
    rows = [["Код", "Услуга", "Единица", "Тариф, руб.", "Примечание"]]
    names = (
        "хранение паллеты",
        "приёмка места",
        "отбор строки",
        "маркировка",
        "стикеровка",
        "фото",
    )
    for at in range(1, 51):
        rows.append([f"{at // 10 + 1}.{at % 10}", names[at % 6], "шт.", f"{12 + at * 3},50", ""])
    book.add(table(rows, [1200, 5000, 1800, 2500, 3000], heads=1))


def _rules(book: Package) -> None:
    book.add(para(run("ПРИЛОЖЕНИЕ 2. ПРАВИЛА ПЛОЩАДКИ", "<w:b/>")))
    for at, words in (
        (0, "Въезд"),
        (1, "Въезд по пропуску, заказанному накануне."),
        (1, "Скорость не более 10 км/ч."),
        (2, "у ворот — не более 5 км/ч;"),
        (2, "задним ходом — с сигнальщиком."),
        (0, "Погрузка"),
        (1, "Двигатель заглушён, колёса подклинены."),
        # Nothing was typed here, yet the letter is drawn.
        (1, ""),
        (1, "Пломбы снимает приёмщик."),
        (0, "Выезд"),
        (1, "Выезд по отметке в пропуске."),
    ):
        book.add(para(run(words) if words else "", num_pr(2, at)))
    book.add(para(run("§ 1. Связь")))
    book.add(para(run("Диспетчер отвечает круглосуточно.")))
    book.add(para(run("§ 2. Аварии")))
    book.add(para(run("Статья 3. Заключительные правила")))
    book.add(para(run("3.1 Правила вручаются под подпись.")))
    book.add(para(run("01.03.2026 правила утверждены приказом № 14.")))
