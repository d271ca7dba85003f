"""Подряд на монтаж: a law firm's template, «Статья N» by styles and styles upon styles."""

from pathlib import Path

from tools.test_contracts.ooxml import (
    Cell,
    abstract,
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
from tools.test_contracts.texts import Section, common, sections

PLAIN = '<w:spacing w:after="120" w:line="300" w:lineRule="auto"/><w:jc w:val="both"/>'
STAGES = (
    "Мобилизация, входной контроль",
    "Разметка и сверление проёмов",
    "Монтаж воздуховодов",
    "Монтаж фасонных частей",
    "Монтаж вентиляционных установок",
    "Монтаж чиллеров на раму",
    "Обвязка насосной группы",
    "Трубопроводы холодоснабжения",
    "Гидравлические испытания",
    "Теплоизоляция",
    "Автоматика и диспетчеризация",
    "Индивидуальные испытания",
    "Комплексное опробование",
    "Исполнительная документация",
)


def make(path: Path) -> None:
    """Write the contract with its technical task, graph and estimate."""
    book = Package(styles=_styles(), numbering=_numbering())
    head = book.edge("header", "header1", para(run("Договор подряда № 2026/ВК-08")))
    foot = book.edge("footer", "footer1", para(run("Лист ") + _field("PAGE") + run(" из ")))
    book.add(para(run("Договор подряда № 2026/ВК-08"), style_pr("Title")))
    book.add(para(run("г. Екатеринбург, 2 февраля 2026 года"), style_pr("Normal")))
    book.add(para(run("Стороны, указанные в последней статье, договорились:"), style_pr("Normal")))
    for one in sections("works"):
        _article(book, one, bold=one.title == "Сроки выполнения")
    for one in common("Термины", "Уступка"):
        _article(book, one)
    _details(book)
    book.add(para("", sect(refs=head + foot)))
    _task(book)
    book.add(para("", sect(refs=head + foot)))
    _graph(book)
    book.add(para("", sect(refs=head + foot, landscape=True)))
    _estimate(book)
    book.add(sect(refs=head + foot))
    book.save(path)


def _field(code: str) -> str:
    return f'<w:fldSimple w:instr=" {code} ">{run("1")}</w:fldSimple>'


def _styles() -> str:
    return (
        style("Normal", "Normal", ppr=PLAIN, rpr=fonts("Times New Roman", 24))
        + style("Title", "Title", based="Normal", ppr='<w:jc w:val="center"/>', rpr="<w:b/>")
        + style("Article", "Статья", based="Normal", ppr="<w:keepNext/>" + num_pr(1), rpr="<w:b/>")
        + style("Point", "Пункт", based="Normal", ppr=num_pr(1, 1))
        # These two take the list from the style below them, or refuse it.
        + style("PointStrong", "Пункт важный", based="Point", rpr="<w:b/>")
        + style("PointPlain", "Пункт без номера", based="Point", ppr=num_pr(0))
        + style("Letter", "Подпункт", based="Point", ppr=num_pr(1, 2))
        + style("Annex", "Приложение", based="Normal", ppr='<w:jc w:val="right"/>', rpr="<w:b/>")
    )


def _numbering() -> str:
    linked = '<w:pStyle w:val="{}"/>'
    indent = '<w:ind w:left="709" w:hanging="709"/>'
    return (
        abstract(
            1,
            level(0, "decimal", "Статья %1.", extra=linked.format("Article")),
            level(1, "decimal", "%1.%2.", extra=linked.format("Point"), ppr=indent),
            level(2, "russianLower", "%3)", extra=linked.format("Letter"), ppr=indent),
        )
        + num(1, 1)
        + num(2, 1, {0: 1, 1: 1})
        + num(3, 1, {0: 1, 1: 1, 2: 1})
    )


def _article(book: Package, one: Section, *, bold: bool = False) -> None:
    book.add(para(book.inline(one.title), style_pr("Article")))
    for at, item in enumerate(one.items):
        name = "PointStrong" if bold and at == 1 else "Point"
        book.add(para(book.inline(item.text), style_pr(name)))
        for words in item.subs:
            book.add(para(book.inline(words), style_pr("Letter")))
        if item.subs and at + 1 < len(one.items):
            after = "Указанный перечень является исчерпывающим, если иное не согласовано письменно."
            book.add(para(run(after), style_pr("PointPlain")))


def _details(book: Package) -> None:
    book.add(para(run("Адреса и реквизиты Сторон"), style_pr("Article")))
    # The number of this point was switched off by hand, not by a style.
    book.add(para(run("Реквизиты приведены на дату подписания."), style_pr("Point") + num_pr(0, 0)))
    left = "".join(para(run(one)) for one in ("Заказчик:", "АО «Уралприбор»", "ИНН 6670001112"))
    right = "".join(para(run(one)) for one in ("Подрядчик:", "ООО «ВК-Монтаж»", "ИНН 6685003334"))
    row = [Cell(left, ready=True), Cell(right, ready=True)]
    book.add(table([row], [4700, 4700], borders=False))


def _task(book: Package) -> None:
    book.add(para(run("Приложение № 1. Техническое задание"), style_pr("Annex")))
    book.add(para(run("Общие требования"), style_pr("Article") + num_pr(2)))
    for words in (
        "Монтаж ведётся по СП 60.13330.2020 и СП 73.13330.2016, отступления согласуются письменно.",
        "Воздуховоды изготавливаются из оцинкованной стали толщиной 0,7 мм, класс плотности B.",
        "Крепления к несущим конструкциям выполняются химическими анкерами с испытанием на вырыв.",
    ):
        book.add(para(run(words), style_pr("Point") + num_pr(2, 1)))
    book.add(
        para(
            run("Перечень документов, которые передаются при сдаче"),
            style_pr("Article") + num_pr(2),
        )
    )
    book.add(
        para(
            run("Подрядчик передаёт Заказчику в двух экземплярах:"),
            style_pr("Point") + num_pr(2, 1),
        )
    )
    papers = "журналы работ, акты скрытых работ, паспорта установок, протоколы замеров, схемы"
    more = "сертификаты, инструкции, ведомость отклонений, акты испытаний, гарантийные талоны"
    more += ", списки ЗИП, ключи"
    for one in f"{papers}, {more}".split(", "):
        book.add(para(run(one + " — по описи;"), style_pr("Letter") + num_pr(2, 2)))


def _graph(book: Package) -> None:
    book.add(para(run("Приложение № 2. Календарный график"), style_pr("Annex")))
    months = ["фев", "мар", "апр", "май", "июн", "июл"]
    top: list[Cell | str] = [
        Cell("№", merge="start"),
        Cell("Этап", merge="start"),
        Cell("2026 год", span=6),
        Cell("Итого, дней", merge="start"),
    ]
    rows: list[list[Cell | str]] = [
        top,
        [Cell("", merge="on"), Cell("", merge="on"), *months, Cell("", merge="on")],
    ]
    for at, stage in enumerate(STAGES):
        marks = ["■" if at // 3 <= month <= at // 3 + 1 else "" for month in range(6)]
        inner = table([["план", "факт"], [str(8 + at), ""]], [700, 700])
        days = Cell(inner + para(""), ready=True)
        rows.append([f"{at + 1}.", stage, *marks, days])
    book.add(table(rows, [600, 4600, 1000, 1000, 1000, 1000, 1000, 1000, 1800], heads=2))


def _estimate(book: Package) -> None:
    book.add(para(run("Приложение № 3. Порядок изменения цены"), style_pr("Annex")))
    book.add(para(run("Твёрдая цена"), style_pr("Article") + num_pr(3)))
    book.add(
        para(
            run("Цена работ является твёрдой и составляет 48 600 000 рублей."),
            style_pr("Point") + num_pr(3, 1),
        )
    )
    book.add(para(run("Расчёт цены приведён в таблице:"), style_pr("Point") + num_pr(3, 1)))
    rows: list[list[Cell | str]] = [["№ п/п", "Вид работ", "Ед.", "Кол-во", "Сумма, руб."]]
    for at, stage in enumerate(STAGES * 2):
        rows.append(
            [
                f"{at // 14 + 1}.{at % 14 + 1}",
                stage,
                "компл.",
                "1",
                f"{(at + 3) * 119_700:,}".replace(",", " "),
            ]
        )
    rows.append([Cell("Всего по смете", span=4), "48 600 000"])
    book.add(table(rows, [900, 4500, 900, 1100, 2000], heads=1))
    book.add(
        para(
            run("Цена пересматривается, если цены материалов выросли более чем на 15 %."),
            style_pr("Point") + num_pr(3, 1),
        )
    )
