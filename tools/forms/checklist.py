"""The checklist of the shipped forms: what every contract must settle, and where each does."""

from collections.abc import Iterable

from tools.forms.markup import REFERENCE, Form, MarkupError, numbers_by_label

# Rows of the checklist: key in the sources, name, words of which one must stand in the clause.
ROWS: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("subject", "Предмет", ("{{ subject",)),
    ("price", "Цена и валюта", ("{{ price", "{{ rent", "{{ new_price")),
    ("vat", "НДС как данные на дату", ("{{ vat_rate",)),
    ("payment", "Порядок оплаты", ("{{ prepayment_percent", "{{ deferral_days", "{{ payment_")),
    ("acceptance", "Приёмка", ("УПД", "акт", "inspect", "accept")),
    ("liability", "Ответственность", ("{{ penalty_", "неустойк", "ответственност", "liab")),
    ("force_majeure", "Непреодолимая сила", ("401", "beyond")),
    ("personal_data", "Персональные данные", ("152-ФЗ", "ersonal data")),
    ("electronic_exchange", "Электронный обмен", ("63-ФЗ", "electronic")),
    ("venue", "Споры и подсудность", ("{{ venue",)),
    ("term", "Срок действия", ("{{ term_until",)),
    ("termination", "Изменение и прекращение", ("отказ", "прекра", "terminat")),
    ("parties", "Стороны и их представители", ("{{ firm.name",)),
    ("details", "Реквизиты и подписи", ("",)),
)
NOTE = """# Чек-лист форм договоров

Что должен решать каждый договор и в каком пункте каждой формы это решено. Таблица собирается
из текстов форм (`python -m tools.forms.build`), номера пунктов всегда верны. Номера — как в
Word; «преамбула» — текст до раздела 1, «прил.» — приложение.

Ставка НДС — данные на дату: в форме стоят дата (`vat_date`) и ставка (`vat_rate`), выбираемая
из списка. С 1 января 2026 г. основная ставка — 22 %; 20 % остаётся в списке для отгрузок до
этого дня, 5 % и 7 % — для применяющих упрощённую систему налогообложения.
"""


def write_checklist(forms: Iterable[Form]) -> str:
    """The checklist as Markdown: a table of clause numbers and reasons for what is not there."""
    forms = list(forms)
    lines = ["| | " + " | ".join(form.slug for form in forms) + " |"]
    lines.append("|---|" + "---|" * len(forms))
    reasons = []
    for key, name, _ in ROWS:
        cells = []
        for form in forms:
            numbers = places(form, key)
            reason = form.not_applicable.get(key, "")
            if bool(numbers) == bool(reason):
                raise MarkupError(f"{form.slug}: row «{key}» needs a clause or a reason")
            cells.append(", ".join(numbers) or "не применимо")
            if reason:
                reasons.append(f"- {form.slug}, {name}: {with_numbers(form, reason)}.")
        lines.append(f"| {name} | " + " | ".join(cells) + " |")
    text = "\n".join([NOTE, *lines])
    if reasons:
        text += "\n\n## Почему не применимо\n\n" + "\n".join(reasons)
    return text + "\n"


def with_numbers(form: Form, reason: str) -> str:
    """A reason with its references turned into clause numbers."""
    numbers = numbers_by_label(form)
    return REFERENCE.sub(lambda found: numbers[found[1]], reason)


def places(form: Form, key: str) -> list[str]:
    """Numbers of the clauses that meet a row of the checklist."""
    found = []
    for block in form.blocks:
        if key in block.checks:
            number = block.number or "преамбула"
            found.append(f"прил. {block.annex}, {number}" if block.annex else number)
    unknown = {row for block in form.blocks for row in block.checks} - {row[0] for row in ROWS}
    if unknown:
        raise MarkupError(f"{form.slug}: no such rows of the checklist: {sorted(unknown)}")
    return found
