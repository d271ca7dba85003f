"""Энергоснабжение: a utility's house styles (list styles), box, comment, hidden words, stamp."""

from pathlib import Path

from tools.test_contracts.ooxml import (
    HEAD,
    NS,
    TYPE,
    Cell,
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
    style_pr,
    table,
)
from tools.test_contracts.package import Package
from tools.test_contracts.texts import Item, common, sections

LINES = '<w:spacing w:after="120" w:line="330" w:lineRule="auto"/>'
INDENT = '<w:ind w:left="567" w:hanging="567"/>'


def make(path: Path) -> None:
    """Write the contract with points of delivery and the act of bounds."""
    book = Package(styles=_styles(), numbering=_numbering())
    first = book.edge("header", "header1", para(run("ПАО «Энергосбыт Северо-Запад»")), "first")
    rest = book.edge("header", "header2", para(run("Договор № 53-0-991 от 1 марта 2026 г.")))
    stamp = book.image()
    _comments(book)
    book.add(para(picture(stamp, "Герб") + run(" ДОГОВОР ЭНЕРГОСНАБЖЕНИЯ"), style_pr("Normal")))
    book.add(para(run("Код потребителя 53-991") + _box("Экземпляр потребителя")))
    written = [*sections("energy"), *common("Термины", "Антикорр")]
    for place, one in enumerate(written):
        book.add(para(book.inline(one.title), style_pr("Level1")))
        for at, item in enumerate(one.items):
            _point(book, item, comment=place == 1 and at == 0, hidden=place == 2)
    book.add(para("", sect(refs=first + rest, first=True)))
    _points(book)
    book.add(para("", sect(refs=rest, landscape=True)))
    _bounds(book)
    book.add(sect(refs=rest))
    book.save(path)


def _styles() -> str:
    lists = (
        '<w:style w:type="numbering" w:styleId="House"><w:name w:val="Список сбыта"/>'
        '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    )
    return (
        style("Normal", "Normal", ppr=LINES, rpr=fonts("Times New Roman", 24))
        + style("Level1", "Уровень 1", based="Normal", ppr=num_pr(2), rpr="<w:b/>")
        # Only the level is said: the list comes from the style below.
        + style("Level2", "Уровень 2", based="Level1", ppr=num_pr(None, 1), rpr='<w:b w:val="0"/>')
        + style("Level3", "Уровень 3", based="Level2", ppr=num_pr(None, 2))
        + style("Level2Quote", "Уровень 2 цитата", based="Level2", rpr="<w:i/>")
        + lists
    )


def _numbering() -> str:
    linked = '<w:pStyle w:val="{}"/>'
    return (
        abstract(
            10,
            level(0, "decimal", "%1", extra=linked.format("Level1"), ppr=INDENT),
            level(1, "decimal", "%1.%2", extra=linked.format("Level2"), ppr=INDENT),
            level(2, "decimal", "%1.%2.%3", extra=linked.format("Level3"), ppr=INDENT),
            tail='<w:styleLink w:val="House"/>',
        )
        # What the paragraphs name is a shadow of the list style.
        + abstract(11, tail='<w:numStyleLink w:val="House"/>')
        + abstract(
            12, level(0, "decimal", "%1)", ppr=INDENT), level(1, "russianLower", "%2)", ppr=INDENT)
        )
        + num(1, 10)
        + num(2, 11)
        + num(3, 12)
        + num(4, 12, {0: 1})
    )


def _comments(book: Package) -> None:
    words = para(run("1. Проверить класс точности."))
    note = f'<w:comment w:id="0" w:author="Инженер" w:initials="И">{words}</w:comment>'
    book.parts["word/comments.xml"] = f"{HEAD}<w:comments {NS}>{note}</w:comments>".encode()
    book.kinds["/word/comments.xml"] = f"{TYPE}comments+xml"
    book.relate("comments", "comments.xml")


def _box(words: str) -> str:
    inside = f"<w:txbxContent>{para(run(words))}</w:txbxContent>"
    look = 'style="position:absolute;margin-left:330pt;margin-top:-40pt;width:140pt;height:30pt"'
    return f"<w:r><w:pict><v:rect {look}><v:textbox>{inside}</v:textbox></v:rect></w:pict></w:r>"


def _point(book: Package, item: Item, *, comment: bool, hidden: bool) -> None:
    words = book.inline(item.text)
    if comment:
        words = '<w:commentRangeStart w:id="0"/>' + words + '<w:commentRangeEnd w:id="0"/>'
        words += '<w:r><w:commentReference w:id="0"/></w:r>'
    if hidden:
        words += run(" (служебная пометка: ред. 7)", "<w:vanish/>")
    book.add(para(words, style_pr("Level2Quote" if comment else "Level2")))
    for sub in item.subs:
        book.add(para(book.inline(sub), style_pr("Level3")))


def _points(book: Package) -> None:
    book.add(para(run("Приложение 1. Точки поставки")))
    tops: list[Cell | str] = [
        Cell("№", merge="start"),
        Cell("Точка поставки", span=2),
        Cell("Прибор учёта", span=2),
        Cell("кВт", merge="start"),
    ]
    under: list[Cell | str] = [
        Cell("", merge="on"),
        "Подстанция",
        "Фидер",
        "Тип",
        "Номер",
        Cell("", merge="on"),
    ]
    rows = [tops, under]
    for at in range(1, 46):
        rows.append(
            [
                f"{at}.",
                f"ТП-{400 + at}",
                f"ф. {at % 9}",
                "Меркурий 234",
                f"{38_100_000 + at * 731}",
                str(at * 15),
            ]
        )
    book.add(table(rows, [800, 3000, 2200, 3000, 3000, 1500], heads=2))


def _bounds(book: Package) -> None:
    book.add(para(run("Приложение 2. Разграничение ответственности")))
    for number, at, words in (
        (3, 0, "Граница проходит по болтовым зажимам кабеля в РУ-0,4 кВ."),
        (3, 0, "Сетевая организация обслуживает:"),
        (3, 1, "опоры и провод до границы;"),
        (3, 1, "трансформатор."),
        (3, 0, "Потребитель обслуживает остальное."),
    ):
        book.add(para(run(words), num_pr(number, at)))
    book.add(para(run("Приложение 3. Аварийная бронь")))
    for words in (
        "Величина брони — 120 кВт.",
        "Срок завершения процесса — 4 часа.",
        "Токоприёмники — насосы.",
    ):
        book.add(para(run(words), num_pr(4, 0)))
    book.add(para(run("1.\tТелефон диспетчера: 112-34-56, круглосуточно.")))
    book.add(para(run("2.\tОперативный персонал указан в списке.")))
