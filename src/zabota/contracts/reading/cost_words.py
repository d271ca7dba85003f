"""What a choice costs in time, in words."""

from django.utils.translation import get_language, ngettext, pgettext
from django.utils.translation import gettext as _

from zabota.common import formats
from zabota.contracts.concerns import concern_name
from zabota.contracts.fast_lane.costs import Cost

HALF_HOUR = 30


def cost_words(cost: Cost | None, concern: str, day: int) -> str:
    """How long it usually takes and by what we know it; `day` is an ordinary day in minutes."""
    direction = concern_name(concern)
    if cost is None:
        return _("to be agreed by %(direction)s") % {"direction": direction}
    usual, most = span_words(cost.usual, day), span_words(cost.most, day)
    if not cost.count:
        return _("to be agreed by %(direction)s, up to %(most)s") % {
            "direction": direction,
            "most": most,
        }
    return ngettext(
        "to be agreed by %(direction)s, usually %(usual)s; nine of ten took no longer than"
        " %(most)s (%(count)d past decision)",
        "to be agreed by %(direction)s, usually %(usual)s; nine of ten took no longer than"
        " %(most)s (%(count)d past decisions)",
        cost.count,
    ) % {"direction": direction, "usual": usual, "most": most, "count": cost.count}


def span_words(minutes: int, day: int) -> str:
    """Working time as one says it: «3 ч», «1,5 рабочих дня», «2 рабочих дня»."""
    language = get_language() or "ru"
    if minutes * 4 < day * 3:
        halves = max(1, -(-minutes // HALF_HOUR))
        return formats.hours(halves * HALF_HOUR, language)
    halves = max(1, round(minutes * 2 / day))
    if halves % 2 == 0:
        return formats.days(halves // 2, language, working=True)
    count = formats.number(halves / 2, language)
    words = pgettext("a number with a fraction", "%(count)s working days") % {"count": count}
    return words.replace(" ", "\u00a0", 1)
