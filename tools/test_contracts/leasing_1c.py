"""Лизинг: printed by 1C, flat tables, small Arial, several points in one paragraph."""

from pathlib import Path

from tools.test_contracts.ooxml import Cell, fonts, para, run, sect, style, style_pr, table
from tools.test_contracts.package import Package
from tools.test_contracts.texts import Section, bare, common, sections

WIDE = [500] * 18
SMALL = '<w:sz w:val="16"/>'


def make(path: Path) -> None:
    """Write the contract, its schedule for each machine and the act."""
    book = Package(styles=style("Normal", "Normal", rpr=fonts("Arial", 20)) + _plain())
    _cap(book)
    for place, one in enumerate([*sections("leasing"), *common("Документо", "Уведомл")], 1):
        _section(book, place, one)
    _details(book)
    for machine in range(1, 5):
        _schedule(book, machine)
    _act(book)
    book.add(sect())
    book.save(path)


def _plain() -> str:
    gap = '<w:spacing w:before="0" w:after="0" w:line="320" w:lineRule="auto"/>'
    return style("a0", "Текст 1С", based="Normal", ppr=gap)


def _line(words: str) -> str:
    return para(run(words), style_pr("a0"))


def _cap(book: Package) -> None:
    rows = [
        [Cell("ДОГОВОР ФИНАНСОВОЙ АРЕНДЫ (ЛИЗИНГА) № 00БП-000214", span=18, props="<w:b/>")],
        [Cell("г. Самара", span=9), Cell("20.02.2026 г.", span=9)],
        [Cell("Лизингодатель:", span=4), Cell("АО «Поволжская лизинговая компания»", span=14)],
        [Cell("Лизингополучатель:", span=4), Cell("ООО «Самаравтотранс»", span=14)],
        [
            Cell("Валюта:", span=4),
            Cell("RUB", span=5),
            Cell("Ставка НДС:", span=4),
            Cell("по НК РФ", span=5),
        ],
    ]
    book.add(table(rows, WIDE, borders=False), para(""))


def _section(book: Package, place: int, one: Section) -> None:
    if place % 4 == 0:
        # The heading is a table of one cell: what is in a cell is no clause.
        head = [[Cell(f"{place}. {one.title.upper()}", span=18, props="<w:b/>")]]
        book.add(table(head, WIDE, borders=False))
    else:
        book.add(_line(f"{place}. {one.title.upper()}"))
    texts = [bare(item.text) for item in one.items]
    subs = [[bare(words) for words in item.subs] for item in one.items]
    if place == 2:
        # Two points pressed into one paragraph: the program ends its lines by itself.
        book.add(_line(f"2.1. {texts[0]}\n2.2. {texts[1]}"))
    for at, words in enumerate(texts, 1):
        if place == 2 and at <= 2:
            continue
        book.add(_line(f"{place}.{at}. {words}"))
        for number, sub in enumerate(subs[at - 1], 1):
            book.add(_line(f"{number}) {sub}"))


def _details(book: Package) -> None:
    rows = [[Cell("ЛИЗИНГОДАТЕЛЬ", span=9), Cell("ЛИЗИНГОПОЛУЧАТЕЛЬ", span=9)]]
    for left, right in (
        ("АО «ПЛК»", "ООО «Самаравтотранс»"),
        ("ИНН 6315001122", "ИНН 6318003344"),
        ("Р/с 40701810000000000001", "Р/с 40702810000000000002"),
        ("Подпись ____________", "Подпись ____________"),
    ):
        rows.append([Cell(left, span=9), Cell(right, span=9)])
    book.add(para(""), table(rows, WIDE, borders=False))


def _schedule(book: Package, machine: int) -> None:
    book.add(
        para(
            '<w:r><w:br w:type="page"/></w:r>'
            + run(f"Приложение {machine} к договору № 00БП-000214")
        )
    )
    top: list[Cell | str] = [
        Cell("№", span=1),
        Cell("Дата", span=4),
        Cell("Платёж, руб.", span=5),
        Cell("в т. ч. НДС", span=4),
        Cell("Сумма закрытия", span=4),
    ]
    rows: list[list[Cell | str]] = [top]
    for at in range(1, 61):
        day = f"20.{(at + 1) % 12 + 1:02}.{2026 + (at + 1) // 12}"
        pay = 214_300 - at * 730
        sums = [f"{pay:,}.00", f"{pay // 6:,}.00", f"{(60 - at) * 180_000:,}.00"]
        pay_cell, tax_cell, rest_cell = (one.replace(",", " ") for one in sums)
        rows.append(
            [
                str(at),
                Cell(day, span=4),
                Cell(pay_cell, span=5),
                Cell(tax_cell, span=4),
                Cell(rest_cell, span=4),
            ]
        )
    rows.append(
        [
            Cell("Итого:", span=5),
            Cell("11 522 700.00", span=5),
            Cell("1 920 450.00", span=4),
            Cell("", span=4),
        ]
    )
    book.add(table(rows, WIDE, heads=1, props=SMALL))


def _act(book: Package) -> None:
    book.add(
        para('<w:r><w:br w:type="page"/></w:r>' + run("Приложение 5. Акт приёма-передачи (форма)"))
    )
    for words in (
        "1. Лизингодатель передал, а Лизингополучатель принял имущество:",
        "1.1. тягач седельный, VIN _________________, 2025 г. в.;",
        "1.2. полуприцеп-рефрижератор, VIN _________________, 2025 г. в.",
        "2. Имущество осмотрено, работоспособно, комплектно.",
        "3. Претензий нет.",
    ):
        book.add(_line(words))
