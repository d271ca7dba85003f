"""Лицензия: chapters in Roman, paragraphs § that run through them, endnotes, content controls."""

from pathlib import Path

from tools.test_contracts.ooxml import (
    MARK_XML,
    abstract,
    field_runs,
    fonts,
    level,
    num,
    num_pr,
    para,
    run,
    sect,
    style,
    style_pr,
    table,
)
from tools.test_contracts.package import Package
from tools.test_contracts.texts import Item, common, sections

LINES = '<w:spacing w:after="140" w:line="340" w:lineRule="auto"/>'
SPACE = '<w:suff w:val="space"/>'


def make(path: Path) -> None:
    """Write the licence with its conditions of deposit and list of libraries."""
    book = Package(styles=_styles(), numbering=_numbering())
    site = book.relate("hyperlink", "https://example.com/licence", outside=True)
    book.add(_control(para(run("Лицензионный договор № ЛД-0457"), style_pr("Title"))))
    book.add(_contents())
    book.add(para(run("Текст также размещён на странице ") + _link(site)))
    written = [*sections("licence"), *common("Персональные", "Уступка")]
    for place, one in enumerate(written):
        # Every third section opens a chapter: §§ do not begin anew in it.
        if place % 3 == 0:
            chapters = ("Права", "Деньги", "Риски", "Сведения", "Порядок", "Прочее")
            book.add(para(run(chapters[place // 3]), style_pr("Chapter")))
        book.add(para(book.inline(one.title), style_pr("Paragraph")))
        for at, item in enumerate(one.items):
            _point(book, item, boxed=at == 1)
    _deposit(book)
    _libraries(book)
    book.add(sect())
    book.save(path)


def _styles() -> str:
    return (
        style("Normal", "Normal", ppr=LINES, rpr=fonts("Calibri", 24))
        + style("Title", "Title", based="Normal", rpr="<w:b/>")
        + style("Chapter", "Глава", based="Normal", ppr=num_pr(7, 0), rpr="<w:b/><w:caps/>")
        + style("Paragraph", "Параграф", based="Normal", ppr=num_pr(7, 1), rpr="<w:b/>")
        + style("Point", "Пункт параграфа", based="Normal", ppr=num_pr(7, 2))
        + style("Bracket", "Перечисление", based="Normal", ppr=num_pr(7, 3))
        + style(
            "TOC1",
            "toc 1",
            based="Normal",
            ppr='<w:tabs><w:tab w:val="right" w:pos="9000"/></w:tabs>',
        )
    )


def _numbering() -> str:
    linked = '<w:pStyle w:val="{}"/>'
    through = '<w:lvlRestart w:val="0"/>'
    legal = "<w:isLgl/>"
    return (
        abstract(
            3,
            level(0, "upperRoman", "Глава %1.", extra=linked.format("Chapter") + SPACE),
            level(1, "decimal", "§ %2.", extra=through + linked.format("Paragraph") + SPACE),
            level(2, "decimal", "%2.%3.", extra=linked.format("Point")),
            level(3, "decimal", "(%4)", extra=linked.format("Bracket")),
        )
        + abstract(
            4,
            level(0, "upperRoman", "%1."),
            level(1, "decimal", "%1.%2.", extra=legal),
            level(2, "decimal", "%1.%2.%3", extra=legal),
        )
        + abstract(6, level(0, "upperRoman", "%1."), level(1, "decimal", "%1.%2."))
        + num(7, 3)
        + num(8, 4)
        + num(9, 6)
    )


def _control(blocks: str) -> str:
    """A block-level content control, one inside another."""
    inner = f"<w:sdtContent>{blocks}</w:sdtContent>"
    inner = f'<w:sdt><w:sdtPr><w:tag w:val="in"/></w:sdtPr>{inner}</w:sdt>'
    outer = f"<w:sdtContent>{inner}</w:sdtContent>"
    return f'<w:sdt><w:sdtPr><w:alias w:val="Блок"/></w:sdtPr>{outer}</w:sdt>'


def _link(site: str) -> str:
    return f'<w:hyperlink r:id="{site}">{run("example.com/licence", MARK_XML["u"])}</w:hyperlink>'


def _contents() -> str:
    """A simple contents field whose one paragraph says where things are."""
    inside = field_runs('TOC \\t "Глава;1"', "Глава I. Права\t1")
    return para(inside, style_pr("TOC1"))


def _point(book: Package, item: Item, *, boxed: bool) -> None:
    runs = book.inline(item.text, note="endnote")
    if boxed:
        runs += "<w:sdt><w:sdtPr><w:text/></w:sdtPr><w:sdtContent>"
        runs += run(" Исключения оговариваются отдельно.") + "</w:sdtContent></w:sdt>"
        runs += book.note("См. также справочник условий на сайте Лицензиара.", "endnote")
    made = para(runs, style_pr("Point"))
    book.add(_control(made) if boxed else made)
    for words in item.subs:
        book.add(para(book.inline(words), style_pr("Bracket")))


def _deposit(book: Package) -> None:
    book.add(
        para(
            '<w:r><w:br w:type="page"/></w:r>' + run("Приложение 1. Депонирование исходного текста")
        )
    )
    for at, words in (
        (0, "Хранитель исходного текста"),
        (1, "Исходный текст передаётся нотариусу на запечатанном носителе."),
        (1, "Носитель вскрывается в случаях:"),
        (2, "ликвидации Лицензиара без правопреемства;"),
        (2, "прекращения поддержки на срок свыше шести месяцев;"),
        (2, "вступившего в силу решения суда."),
        (0, "Расходы"),
        (1, "Расходы на хранение несёт Лицензиат."),
        (1, "Расходы на обновление носителя несёт Лицензиар."),
    ):
        book.add(para(run(words), num_pr(8, at)))
    book.add(para(run("Приложение 2. Порядок проверки")))
    for at, words in (
        (0, "Подготовка"),
        (1, "Лицензиар сообщает о проверке за десять рабочих дней."),
        (0, "Проверка"),
        (1, "Отчёт о числе рабочих мест выгружается в присутствии обеих сторон."),
        (1, "Отчёт подписывается в тот же день."),
    ):
        book.add(para(run(words), num_pr(9, at)))
    shown = field_runs("REF _Ref_none \\r \\h", "§ 2")
    book.add(para(run("Проверка проводится с соблюдением ограничений, которые содержит ") + shown))


def _libraries(book: Package) -> None:
    book.add(para('<w:r><w:br w:type="page"/></w:r>' + run("Приложение 3. Открытые библиотеки")))
    rows = [["№", "Библиотека", "Версия", "Лицензия"]]
    for at in range(1, 71):
        kind = ("MIT", "BSD-3-Clause", "Apache-2.0", "MPL-2.0")[at % 4]
        rows.append([f"{at}.", f"lib-component-{at}", f"{at % 7}.{at % 11}.{at % 5}", kind])
    book.add(_control(table(rows, [800, 4200, 1800, 2200], heads=1)))
