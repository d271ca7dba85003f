"""What the sample firm agreed to beforehand about supplies, in both languages."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from zabota.contracts.actions import set_limits, write_alternative
from zabota.contracts.actions.alternatives import AlternativeWords
from zabota.contracts.models import TemplateEdition
from zabota.contracts.stored import load_texts, load_wordings, node_of
from zabota.contracts.text.edit.places import plain_parts
from zabota.contracts.text.json import blocks_from_json
from zabota.contracts.text.numbering import numbers, plain_number
from zabota.home.in_world import World
from zabota.people.access import StaffViewer

PAID = [{"field": "prepayment_percent", "op": "ge", "value": "50"}]


@dataclass(frozen=True)
class Agreed:
    """One variant: of which clause, by whom, called what, whose eyes it is for, what it says."""

    number: str
    by: str
    names: tuple[str, str]
    seen_by: str
    change: Callable[[str], str]
    paid: bool = False


def _with(tail: str) -> Callable[[str], str]:
    return lambda text: f"{text} {tail}"


VARIANTS: dict[str, tuple[Agreed, ...]] = {
    "supply-ru": (
        Agreed(
            "5.2", "finance", ("Скидка за досрочную оплату", "Discount for early payment"),
            "at_once",
            _with(
                "Если остаток цены уплачен не позднее 5 (пяти) рабочих дней со дня приёмки, он"
                " уменьшается на 1 (один) процент."
            ),
            paid=True,
        ),
        Agreed(
            "7.2", "lawyer", ("Три дня без пени", "Three days without a charge"), "at_once",
            _with("За первые 3 (три) рабочих дня просрочки пеня не начисляется."),
        ),
        Agreed(
            "7.2", "lawyer", ("Пять дней без пени", "Five days without a charge"), "after_touch",
            _with("За первые 5 (пять) рабочих дней просрочки пеня не начисляется."),
        ),
        Agreed(
            "7.2", "lawyer", ("Десять дней без пени", "Ten days without a charge"), "staff",
            _with("За первые 10 (десять) рабочих дней просрочки пеня не начисляется."),
        ),
        Agreed(
            "12.2", "lawyer", ("Суд по месту ответчика", "Courts of the defendant"), "at_once",
            lambda text: (
                "Споры рассматривает арбитражный суд по месту нахождения ответчика (статья 35"
                " Арбитражного процессуального кодекса Российской Федерации)."
            ),
        ),
    ),
    "supply-en": (
        Agreed(
            "5.2", "finance", ("Скидка за досрочную оплату", "Discount for early payment"),
            "at_once",
            _with(
                "If the balance is paid within five business days of acceptance, it is reduced by"
                " one per cent."
            ),
            paid=True,
        ),
        Agreed(
            "7.2", "lawyer", ("Три дня без пени", "Three days without a charge"), "at_once",
            _with("No charge accrues for the first three business days of a delay."),
        ),
        Agreed(
            "7.2", "lawyer", ("Пять дней без пени", "Five days without a charge"), "after_touch",
            _with("No charge accrues for the first five business days of a delay."),
        ),
        Agreed(
            "7.2", "lawyer", ("Десять дней без пени", "Ten days without a charge"), "staff",
            _with("No charge accrues for the first ten business days of a delay."),
        ),
        Agreed(
            "11.3", "lawyer", ("Суд по месту ответчика", "Courts of the defendant"), "at_once",
            lambda text: (
                "A dispute not settled in that way is finally resolved by the courts of the place"
                " where the defendant has its seat."
            ),
        ),
    ),
}  # fmt: skip
WITHIN = {
    "deferral_days": ("0", "45"),
    "prepayment_percent": ("30", "100"),
    "penalty_percent": ("0.05", "0.1"),
    "penalty_cap_percent": ("5", "10"),
    "warranty_months": ("6", "24"),
}
# A court that is typed by hand is for the lawyer to read.
ASKED = ("venue",)


def agree_beforehand(world: World, at: datetime) -> None:
    """Variants and limits of the supply forms."""
    for slug, variants in VARIANTS.items():
        edition = world.forms[slug]
        for agreed in variants:
            _write(edition, agreed, world.as_staff(agreed.by), at)
        set_limits(edition, _rules(edition), by=None, at=at)


def _write(edition: TemplateEdition, agreed: Agreed, by: StaffViewer, at: datetime) -> None:
    (text,) = load_texts(edition.tree)
    shown = numbers(text.document)
    clause = next(c for c, number in shown.items() if plain_number(number) == agreed.number)
    node = node_of(edition.tree, clause)
    assert node is not None
    own = plain_parts(blocks_from_json(load_wordings([node["w"]])[node["w"]]))
    words = AlternativeWords(
        {place: agreed.change(part) for place, part in own.items()},
        *agreed.names,
        agreed.seen_by,
        PAID if agreed.paid else [],
    )
    write_alternative(edition, clause, words, by=by, at=at)


def _rules(
    edition: TemplateEdition,
) -> dict[str, tuple[str, Decimal | None, Decimal | None]]:
    found: dict[str, tuple[str, Decimal | None, Decimal | None]] = {}
    for told in edition.fields:
        name = told["name"]
        if "." in name or name in ASKED:
            continue
        ends = WITHIN.get(name)
        found[name] = (
            ("within", Decimal(ends[0]), Decimal(ends[1])) if ends else ("any", None, None)
        )
    return found
