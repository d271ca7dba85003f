"""Аренда склада: an accountant in Word 2003, every number typed, columns made by tabs."""

from pathlib import Path

from tools.test_contracts.ooxml import fonts, para, run, sect, style, table
from tools.test_contracts.package import Package
from tools.test_contracts.texts import Item, Section, bare, common, sections

CENTRE = '<w:jc w:val="center"/>'
BOTH = '<w:spacing w:line="360" w:lineRule="auto"/><w:ind w:firstLine="567"/><w:jc w:val="both"/>'
# What stands between a typed number and its words depends on the hour of the day.
AFTER = ("\t", " ", "\u00a0", "  ", "\t", " ", "")
BREAK = '<w:r><w:br w:type="page"/></w:r>'


def make(path: Path) -> None:
    """Write the contract with its plan, act and tariff."""
    book = Package(styles=style("Normal", "Normal", rpr=fonts("Times New Roman", 24)))
    foot = book.edge("footer", "footer1", para(_page(), '<w:jc w:val="right"/>'))
    _title(book)
    written = [*sections("lease"), *common("Термины", "Цена", "Налоговая", "Документо")]
    for place, one in enumerate(written, 1):
        _section(book, place, one)
    _details(book, len(written) + 1)
    _rooms(book)
    _act(book)
    _tariff(book)
    book.add(sect(refs=foot))
    book.save(path)


def _page() -> str:
    return run("стр. ") + f'<w:fldSimple w:instr=" PAGE ">{run("1")}</w:fldSimple>'


def _title(book: Package) -> None:
    book.add(para(run("ДОГОВОР АРЕНДЫ № 17/26-А", "<w:b/>"), CENTRE))
    # The city and the date are driven apart by spaces, as they always were.
    book.add(para(run("г. Видное" + " " * 70 + "15 января 2026г.")), para(""))
    book.add(
        para(
            run(
                "ООО «Апаринки-Логистика», именуемое в дальнейшем «Арендодатель», в лице "
                "генерального директора Ковалёва П.С., действующего на основании Устава, с одной "
                "стороны, и АО «Торговый дом «Мебельград», именуемое в дальнейшем «Арендатор», в "
                "лице директора Журавлёвой Н.И., действующей на основании доверенности №3 от "
                "10.01.2026г., с другой стороны, заключили договор о нижеследующем:"
            ),
            BOTH,
        )
    )


def _section(book: Package, place: int, one: Section) -> None:
    book.add(para(""), para(run(f"{place}. {one.title.upper()}", "<w:b/>"), CENTRE))
    shown = 0
    for at, item in enumerate(one.items):
        # In the third section the number 3.4 was typed twice and nobody noticed.
        shown += 0 if place == 3 and at == 4 else 1
        dot = "" if place == 5 else "."
        gap = AFTER[(place + at) % len(AFTER)] if dot else " "
        book.add(para(run(f"{place}.{shown}{dot}{gap}{bare(item.text)}"), BOTH))
        _subs(book, item, place, shown)


def _subs(book: Package, item: Item, place: int, shown: int) -> None:
    for at, words in enumerate(item.subs):
        if place % 3 == 0:
            mark = f"{place}.{shown}.{at + 1}. "
        elif place % 3 == 1:
            mark = f"{'абвгдежз'[at]}) "
        else:
            mark = "- "
        book.add(para(run(mark + bare(words)), BOTH))


def _details(book: Package, place: int) -> None:
    tabs = '<w:tabs><w:tab w:val="left" w:pos="5103"/></w:tabs>'
    book.add(para(run(f"{place}. АДРЕСА И РЕКВИЗИТЫ СТОРОН", "<w:b/>"), CENTRE))
    for left, right in (
        ("Арендодатель:", "Арендатор:"),
        ("ООО «Апаринки-Логистика»", "АО «ТД «Мебельград»"),
        ("ИНН 5003112233, КПП 500301001", "ИНН 7728123456, КПП 772801001"),
        ("р/с 40702810100000001234", "р/с 40702810900000005678"),
        ("в ПАО Сбербанк г.Москва", "в АО «Альфа-Банк» г.Москва"),
        ("БИК 044525225", "БИК 044525593"),
        ("________________ П.С.Ковалёв", "________________ Н.И.Журавлёва"),
        ("м.п.", "м.п."),
    ):
        book.add(para(run(f"{left}\t{right}"), tabs))


def _rooms(book: Package) -> None:
    book.add(
        para(BREAK + run("Приложение №1 к договору аренды № 17/26-А"), '<w:jc w:val="right"/>')
    )
    book.add(para(run("ЭКСПЛИКАЦИЯ ПОМЕЩЕНИЙ", "<w:b/>"), CENTRE))
    rows = [["№ на плане", "Назначение", "Этаж", "Площадь, кв.м", "Нагрузка на пол, т"]]
    kinds = ("зона хранения", "зона приёмки", "коридор", "кабинет", "санузел", "щитовая")
    for at in range(1, 41):
        area = f"{18 + at * 7 % 90},{at % 10}"
        rows.append([f"{at}.", kinds[at * 5 % 6], str(1 + at % 2), area, "5" if at % 2 else "2"])
    book.add(table(rows, [1300, 3200, 1000, 2000, 2000], heads=1))


def _act(book: Package) -> None:
    book.add(
        para(BREAK + run("Приложение №2 к договору аренды № 17/26-А"), '<w:jc w:val="right"/>')
    )
    book.add(para(run("АКТ ПРИЁМА-ПЕРЕДАЧИ (форма)", "<w:b/>"), CENTRE))
    for words in (
        "1.\tАрендодатель передал, а Арендатор принял помещение площадью 2 418,6 кв.м.",
        "2.\tСостояние помещения: пол - топпинг без выбоин, стены окрашены, ворота исправны.",
        "2.1.\tНедостатки: трещина в остеклении кабинета 12, отсутствует доводчик двери.",
        "2.2.\tНедостатки устраняются Арендодателем до 01.03.2026г.",
        "3)\tПоказания счётчиков: электроэнергия 018456, вода 00231.",
        "4)\tПередано: ключей - 14, пультов - 6.",
    ):
        book.add(para(run(words), BOTH))
    book.add(para(run("15 января 2026г. стороны претензий друг к другу не имеют."), BOTH))


def _tariff(book: Package) -> None:
    book.add(
        para(BREAK + run("Приложение №3 к договору аренды № 17/26-А"), '<w:jc w:val="right"/>')
    )
    book.add(para(run("I. ЭКСПЛУАТАЦИОННЫЕ УСЛУГИ", "<w:b/>"), CENTRE))
    for at, words in enumerate(("уборка снега", "вывоз мусора", "охрана периметра"), 1):
        book.add(para(run(f"{at}. Арендодатель обеспечивает: {words}, ежедневно."), BOTH))
    book.add(para(run("II. ДОПОЛНИТЕЛЬНЫЕ УСЛУГИ", "<w:b/>"), CENTRE))
    for at, words in enumerate(("аренда погрузчика", "ночной пропуск", "мойка ворот"), 1):
        book.add(para(run(f"{at}. По заявке оказываются: {words}, по прейскуранту."), BOTH))
