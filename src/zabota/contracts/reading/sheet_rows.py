"""Lines of the approval sheet, and those that tell of what was agreed beforehand."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext

from zabota.common import formats
from zabota.contracts.fast_lane.limits import kept_words
from zabota.contracts.models import BeforehandUse, Contract, FastLanePass, SeenBy
from zabota.contracts.reading.standing import Why
from zabota.contracts.reading.values import labels_of
from zabota.people.models import Firm, User


@dataclass(frozen=True)
class SheetRow:
    """One line of the sheet: a decision, or a stage that nobody has decided yet."""

    round: int
    stage: str
    name: str
    position: str
    on_behalf_of: str
    decision: str
    remark: str
    at: datetime | None
    version: int | None
    passed: bool | None
    why: Why | None = None


def read_beforehand_rows(
    contract: Contract, firm: Firm, language: str, *, client: bool
) -> list[SheetRow]:
    """Each variant a contract was agreed by, with who agreed to it in advance; then the rule by
    which nobody was asked. Two queries.
    """
    uses = (
        BeforehandUse.objects.filter(change__contract=contract)
        .exclude(change__state="superseded")
        .select_related("alternative__made_by__employee", "change__version")
        .order_by("change")
    )
    rows = [_variant(use, firm, language, client=client) for use in uses]
    passed = (
        FastLanePass.objects.filter(contract=contract)
        .select_related("version", "route__route")
        .first()
    )
    return [*rows, _rule(passed, contract, language, client=client)] if passed else rows


def _variant(use: BeforehandUse, firm: Firm, language: str, *, client: bool) -> SheetRow:
    agreed = use.alternative
    words = gettext("agreed beforehand")
    if not client or agreed.seen_by != SeenBy.STAFF:
        name = agreed.name(language)
        words = gettext("agreed beforehand: variant “%(name)s”") % {"name": name}
    number = use.change.name
    return SheetRow(
        round=1,
        stage=gettext("Clause %(number)s") % {"number": number} if number else gettext("A clause"),
        name=_who(agreed.made_by, firm, client=client),
        position="",
        on_behalf_of="",
        decision=words,
        remark="",
        at=agreed.made_at,
        version=use.change.version.number,
        passed=True,
    )


def _who(user: User | None, firm: Firm, *, client: bool) -> str:
    """Who agreed to it; the firm itself where the sample came with it or it shows no people."""
    if user is None or (client and not firm.shows_people):
        return firm.shown_name
    return user.shown_name


def _rule(passed: FastLanePass, contract: Contract, language: str, *, client: bool) -> SheetRow:
    return SheetRow(
        round=1,
        stage=gettext("Straight to signing"),
        name="",
        position="",
        on_behalf_of="",
        decision=gettext("everything was agreed beforehand, nobody had to be asked"),
        remark="" if client else _rule_words(passed, contract, language),
        at=passed.at,
        version=passed.version.number,
        passed=True,
    )


def _rule_words(passed: FastLanePass, contract: Contract, language: str) -> str:
    """By which rule, for our own people: the route and the limits are ours to know."""
    route = passed.route
    told = {"route": route.route.name(language), "edition": route.number}
    words = [gettext("Route “%(route)s”, edition %(edition)s") % told]
    if passed.most is not None:
        sum_words = formats.money(passed.most, "RUB", language)
        words.append(gettext("up to %(sum)s") % {"sum": sum_words})
    labels = labels_of(contract.edition.fields)
    words += [
        kept_words(one, labels.get(one["field"], one["field"]), language) for one in passed.limits
    ]
    return "; ".join(words)
