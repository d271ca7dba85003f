"""What obligations read out of a text are called until a person says it better: (ru, en)."""

from zabota.contracts.duties import Duty

WORDS = {
    "payment": ("Оплата", "Payment"),
    "prepayment": ("Предварительная оплата", "Advance payment"),
    "balance": ("Оплата остатка", "Payment of the balance"),
    "rent": ("Арендная плата", "Rent"),
    "delivery": ("Поставка", "Delivery"),
    "handover": ("Передача", "Handover"),
    "services": ("Оказание услуг", "Services"),
    "works": ("Окончание работ", "Completion of the works"),
    "report": ("Отчёт", "Report"),
    "invoice": ("Счёт-фактура и закрывающие документы", "Invoice and closing documents"),
    "reconciliation": ("Сверка расчётов", "Reconciliation of accounts"),
    "renewal": (
        "Последний день, чтобы сообщить о продлении или прекращении",
        "Last day to give notice of renewal or termination",
    ),
    "ending": ("Договор заканчивается", "The contract ends"),
}


def words_of(duty: Duty) -> tuple[str, str]:
    """The name with the clause it is from."""
    ru, en = WORDS[duty.what]
    if not duty.number:
        return ru, en
    return f"{ru} (п. {duty.number})", f"{en} (clause {duty.number})"
