"""What the sample firm agreed to beforehand about supplies, in both languages."""

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
    """One variant: by whom, called what, whose eyes it is for; in each language of which clause and
    what it says, after the form's own words or instead of them.
    """

    by: str
    names: tuple[str, str]
    seen_by: str
    words: dict[str, tuple[str, str]]
    instead: bool = False
    paid: bool = False


VARIANTS = (
    Agreed(
        "finance", ("Скидка за досрочную оплату", "Discount for early payment"), "at_once",
        {
            "supply-ru": (
                "5.2",
                "Если остаток цены уплачен не позднее 5 (пяти) рабочих дней со дня приёмки, он"
                " уменьшается на 1 (один) процент.",
            ),
            "supply-en": (
                "5.2",
                "If the balance is paid within five business days of acceptance, it is reduced by"
                " one per cent.",
            ),
        },
        paid=True,
    ),
    Agreed(
        "lawyer", ("Три дня без пени", "Three days without a charge"), "at_once",
        {
            "supply-ru": ("7.2", "За первые 3 (три) рабочих дня просрочки пеня не начисляется."),
            "supply-en": (
                "7.2", "No charge accrues for the first three business days of a delay."
            ),
        },
    ),
    Agreed(
        "lawyer", ("Пять дней без пени", "Five days without a charge"), "after_touch",
        {
            "supply-ru": ("7.2", "За первые 5 (пять) рабочих дней просрочки пеня не начисляется."),
            "supply-en": ("7.2", "No charge accrues for the first five business days of a delay."),
        },
    ),
    Agreed(
        "lawyer", ("Десять дней без пени", "Ten days without a charge"), "staff",
        {
            "supply-ru": (
                "7.2", "За первые 10 (десять) рабочих дней просрочки пеня не начисляется."
            ),
            "supply-en": ("7.2", "No charge accrues for the first ten business days of a delay."),
        },
    ),
    Agreed(
        "lawyer", ("Суд по месту ответчика", "Courts of the defendant"), "at_once",
        {
            "supply-ru": (
                "12.2",
                "Споры рассматривает арбитражный суд по месту нахождения ответчика (статья 35"
                " Арбитражного процессуального кодекса Российской Федерации).",
            ),
            "supply-en": (
                "11.3",
                "A dispute not settled in that way is finally resolved by the courts of the place"
                " where the defendant has its seat.",
            ),
        },
        instead=True,
    ),
)  # fmt: skip
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
    for slug in ("supply-ru", "supply-en"):
        edition = world.forms[slug]
        for agreed in VARIANTS:
            _write(edition, agreed, *agreed.words[slug], world.as_staff(agreed.by), at)
        set_limits(edition, _rules(edition), by=None, at=at)


def _write(
    edition: TemplateEdition, agreed: Agreed, number: str, said: str, by: StaffViewer, at: datetime
) -> None:
    (text,) = load_texts(edition.tree)
    shown = numbers(text.document)
    clause = next(c for c, found in shown.items() if plain_number(found) == number)
    node = node_of(edition.tree, clause)
    assert node is not None
    own = plain_parts(blocks_from_json(load_wordings([node["w"]])[node["w"]]))
    words = AlternativeWords(
        {place: said if agreed.instead else f"{part} {said}" for place, part in own.items()},
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
