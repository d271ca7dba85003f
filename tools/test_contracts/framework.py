"""Рамочный договор: points run through all sections; each annex counts for itself."""

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

LINES = '<w:spacing w:after="100" w:line="320" w:lineRule="auto"/><w:jc w:val="both"/>'
INDENT = '<w:ind w:left="567" w:hanging="567"/>'


def make(path: Path) -> None:
    """Write the framework contract and five annexes, each another author's."""
    book = Package(styles=_styles(), numbering=_numbering())
    head = book.edge("header", "header1", para(run("Рамочный договор РД-12, редакция 4")))
    book.add(para(run("РАМОЧНЫЙ ДОГОВОР ПОСТАВКИ № РД-12"), style_pr("Heading1") + num_pr(0)))
    for one in [*sections("framework"), *common("Термины", "Заверения", "Налоговая")]:
        _section(book, one)
    book.add(para("", sect(refs=head)))
    _quality(book)
    _logistics(book)
    book.add(para("", sect(refs=head, kind="continuous")))
    _prices(book)
    _return(book)
    _people(book)
    book.add(sect(refs=head))
    book.save(path)


def _styles() -> str:
    return (
        style("Normal", "Normal", ppr=LINES, rpr=fonts("Times New Roman", 24))
        + style(
            "Heading1",
            "heading 1",
            based="Normal",
            ppr=num_pr(1, 0) + '<w:outlineLvl w:val="0"/>',
            rpr="<w:b/>",
        )
        + style("Body", "Текст пункта", based="Normal", ppr=num_pr(1, 1))
        + style("BodyNarrow", "Текст пункта узкий", based="Body", rpr='<w:spacing w:val="-4"/>')
        + style(
            "AnnexHead",
            "Заголовок приложения",
            based="Normal",
            ppr="<w:pageBreakBefore/>" + num_pr(2, 0),
            rpr="<w:b/>",
        )
        + style("AnnexPoint", "Пункт приложения", based="Normal", ppr=num_pr(2, 1))
        + style("AnnexSub", "Подпункт приложения", based="AnnexPoint", ppr=num_pr(None, 2))
    )


def _numbering() -> str:
    linked = '<w:pStyle w:val="{}"/>'
    through = '<w:lvlRestart w:val="0"/>'
    other = level(1, "decimal", "П.%2)", ppr=INDENT)
    return (
        abstract(
            1,
            level(0, "upperRoman", "%1.", extra=linked.format("Heading1"), ppr=INDENT),
            level(1, "decimal", "%2.", extra=through + linked.format("Body"), ppr=INDENT),
            level(2, "lowerLetter", "%3)", ppr=INDENT),
        )
        + abstract(
            2,
            level(
                0,
                "decimal",
                "Приложение № %1",
                extra=linked.format("AnnexHead") + '<w:suff w:val="space"/>',
            ),
            level(1, "decimal", "%2.", extra=linked.format("AnnexPoint"), ppr=INDENT),
            level(2, "decimal", "%2.%3.", extra=linked.format("AnnexSub"), ppr=INDENT),
        )
        + abstract(
            3,
            level(0, "decimal", "%1.", start=5, ppr=INDENT),
            level(1, "decimal", "%1.%2.", ppr=INDENT),
        )
        + num(1, 1)
        + num(2, 2)
        + num(3, 3)
        # The same definition again and nothing overridden: the count goes on.
        + num(4, 3)
        # The same definition from 20, and with a level drawn otherwise.
        + num(5, 3, {0: 20})
        + num(
            6,
            3,
            inner=f'<w:lvlOverride w:ilvl="1"><w:startOverride w:val="3"/>{other}</w:lvlOverride>',
        )
    )


def _section(book: Package, one: Section) -> None:
    book.add(para(book.inline(one.title), style_pr("Heading1")))
    for at, item in enumerate(one.items):
        book.add(para(book.inline(item.text), style_pr("BodyNarrow" if at % 3 == 2 else "Body")))
        for words in item.subs:
            book.add(para(book.inline(words), num_pr(1, 2)))


def _quality(book: Package) -> None:
    book.add(para(run("Качество молочной продукции"), style_pr("AnnexHead")))
    for words, subs in (
        (
            "Остаточный срок годности при приёмке составляет:",
            ("молоко — не менее 80 %;", "сыры — не менее 70 %."),
        ),
        ("Температура в толще продукта не превышает +6 °C.", ()),
        (
            "Отбор проб производится комиссией:",
            ("одна проба — лаборатории;", "одна — поставщику;", "одна — в архив."),
        ),
    ):
        book.add(para(run(words), style_pr("AnnexPoint")))
        for sub in subs:
            book.add(para(run(sub), style_pr("AnnexSub")))


def _logistics(book: Package) -> None:
    book.add(para(run("Логистика и окна разгрузки"), style_pr("AnnexHead")))
    book.add(para(run("Окна разгрузки указаны в таблице."), style_pr("AnnexPoint")))
    rows: list[list[Cell | str]] = [["Склад", Cell("Окна", span=3)], ["", "утро", "день", "ночь"]]
    for at in range(1, 26):
        rows.append([f"РЦ-{at}", "06:00–08:00", "12:00–14:00", "22:00–00:00"])
    book.add(table(rows, [3000, 2000, 2000, 2000], heads=2))
    book.add(para(run("Опоздание более часа означает новую запись."), style_pr("AnnexPoint")))
    book.add(para(run("паллеты — европоддоны, высота до 1,8 м;"), style_pr("AnnexSub")))


def _prices(book: Package) -> None:
    book.add(para(run("Ценообразование"), style_pr("AnnexHead")))
    for number, at, words in (
        (
            3,
            0,
            "Нумерация этого приложения продолжает регламент закупок, поэтому начинается с пяти.",
        ),
        (3, 1, "Цена пересматривается раз в квартал."),
        (3, 1, "Скидка за объём рассчитывается по итогам года."),
        (4, 0, "Бонус выплачивается деньгами."),
        (4, 1, "Размер бонуса не превышает 5 %."),
        (5, 0, "Дополнительные услуги оплачиваются отдельно."),
        (5, 1, "Перечень услуг опубликован на портале."),
        (3, 0, "Настоящий пункт следует за дополнительными услугами."),
        (6, 1, "Порядок, отличный от общего, отмечается буквой П."),
        (6, 1, "Он применяется только к акциям."),
    ):
        book.add(para(run(words), num_pr(number, at)))


def _return(book: Package) -> None:
    book.add(para(run("Возврат тары"), style_pr("AnnexHead")))
    for at, words in enumerate(
        ("Тара возвращается чистой.", "Бой тары возмещается.", "Учёт ведётся по карточке."), 1
    ):
        book.add(para(run(f"{at}.\t{words}")))
    for mark, words in (("а)", "ящики пластиковые"), ("б)", "роллы"), ("в)", "поддоны")):
        book.add(para(run(f"{mark}\t{words} — по залоговой цене;")))


def _people(book: Package) -> None:
    book.add(para(run("Ответственные лица"), style_pr("AnnexHead")))
    book.add(para(run("Ответственные лица указаны в таблице."), style_pr("AnnexPoint")))
    rows = [["Роль", "Имя", "Телефон"]]
    roles = ("заказы", "качество", "тара", "сверка", "склад")
    for at in range(1, 31):
        rows.append([f"{at}. {roles[at % 5]}", f"Сотрудник {at}", f"+7 900 000-00-{at:02}"])
    book.add(table(rows, [3500, 3500, 2500], heads=1))
