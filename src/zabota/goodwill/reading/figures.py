"""What gifts brought, ready to be printed: shares as points, sums in the reader's language, reasons
in words.
"""

from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from zabota.common.formats import money, number
from zabota.goodwill.models import Brought, Measured, ReviewLine
from zabota.goodwill.returns.proposal import FEWEST


@dataclass(frozen=True)
class Figures:
    """One row as it is read. `few` says that nothing can be said of so few gifts; the words of the
    difference and of the return are then empty.
    """

    gifts: int
    came: int
    would_have: str
    points: str
    interval: str
    cost: str
    extra: str
    extra_sum: str
    back: str
    few: bool
    good: bool


def figures_of(row: Brought | None, currency: str) -> Figures:
    """Of one row; of nobody's gifts where there is none."""
    if row is None:
        nothing = money(Decimal(0), currency, _language())
        return Figures(0, 0, "0", "", "", nothing, "0", nothing, "", True, False)
    few = row.gifts < FEWEST
    return Figures(
        gifts=row.gifts,
        came=row.came,
        would_have=number(round(row.would_have, 1), _language()),
        points="" if few else points(row.mean),
        interval="" if few else interval(row.low, row.high),
        cost=money(row.cost, currency, _language()),
        extra=signed(round(row.extra, 1)),
        extra_sum=_signed_money(row.extra_sum, currency),
        back="" if few else back_words(row),
        few=few,
        good=row.low > 0,
    )


def points(share: float) -> str:
    """«+12 п. п.»: percentage points, never percents."""
    return _("%(points)s pp") % {"points": signed(round(share * 100, 1))}


def interval(low: float, high: float) -> str:
    """Between which four in five such lie."""
    ends = {"low": signed(round(low * 100)), "high": signed(round(high * 100))}
    return _("from %(low)s to %(high)s") % ends


def signed(value: float) -> str:
    """A plus before what is more than nothing; a true minus."""
    said = number(_no_minus_zero(value), _language())
    return f"+{said}" if value > 0 else said


def back_words(row: Brought) -> str:
    """What each unit given brought beyond what would have come."""
    if row.back is None or row.back_low is None or row.back_high is None:
        return ""
    ends = {name: number(_no_minus_zero(round(value, 1)), _language()) for name, value in
            (("mean", row.back), ("low", row.back_low), ("high", row.back_high))}  # fmt: skip
    return _("%(mean)s for one given (from %(low)s to %(high)s)") % ends


def reason_words(line: ReviewLine) -> str:
    """Why so much is proposed, in words; of nobody but the employee and what is usual."""
    row = line.figures
    if line.why == "few" or row is None:
        said = ngettext(
            "%(count)d gift whose weeks are over: from %(least)d on something can be said.",
            "%(count)d gifts whose weeks are over: from %(least)d on something can be said.",
            line.gifts,
        )
        return said % {"count": line.gifts, "least": FEWEST}
    seen = _(
        "Of %(gifts)d gifts %(came)d brought the client back, %(would)s would have come anyway:"
        " %(points)s, %(interval)s."
    ) % {
        "gifts": row.gifts, "came": row.came,
        "would": number(round(row.would_have, 1), _language()),
        "points": points(row.mean), "interval": interval(row.low, row.high),
    }  # fmt: skip
    return f"{seen} {_why(line, row)}"


def _why(line: ReviewLine, row: Brought) -> str:
    words = {
        "above": _("That is more than gifts here usually bring."),
        "above_nothing": _("These gifts bring clients back."),
        "below": _("That is less than gifts here usually bring."),
        "below_nothing": _("Clients come back less than they would have anyway."),
        "unsure": _("So far that is no different from the usual."),
        "at_floor": _("The budget is at half of the firm's base already: it goes no lower."),
    }
    if line.why == "costs_more":
        told = {"back": back_words(row)}
        return _("But the gifts cost more than they bring: %(back)s.") % told
    return words[line.why]


def plain_sum(sum: Decimal) -> Decimal | int:
    """As it is typed: hundredths only where there are any."""
    return int(sum) if sum == int(sum) else sum


def latest() -> Measured | None:
    """The newest day on which gifts were measured."""
    return Measured.objects.select_related("fit").order_by("-day").first()


def _no_minus_zero(value: float) -> float:
    return value + 0.0


def _signed_money(value: Decimal, currency: str) -> str:
    said = money(value.quantize(Decimal(1)), currency, _language())
    return f"+{said}" if value > 0 else said


def _language() -> str:
    return get_language() or "ru"
