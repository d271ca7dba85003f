"""What a gift is, in words."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from zabota.common.formats import money, number
from zabota.goodwill.models import Gift, GiftKind


def gift_words(gift: Gift, language: str) -> str:
    """What was given, as the reader says it; never at what cost to us, but for what is a sum."""
    with override(language):
        return _said(gift, language)


def in_both(gift: Gift) -> dict[str, str]:
    """The same for a fact of an entry."""
    return {language: gift_words(gift, language) for language in ("ru", "en")}


def _said(gift: Gift, language: str) -> str:
    if gift.kind == GiftKind.GOODS and gift.good is not None:
        name = (gift.good.name_en if language == "en" else "") or gift.good.name_ru
        return f"{name}: {gift.what}" if gift.what else name
    if gift.kind == GiftKind.DISCOUNT and gift.percent:
        said = _("a discount of %(percent)s%% up to %(sum)s")
        return said % {
            "percent": number(gift.percent, language),
            "sum": money(gift.cost, gift.currency, language),
        }
    if gift.kind == GiftKind.DISCOUNT:
        return _("a discount of %(sum)s") % {"sum": money(gift.cost, gift.currency, language)}
    if gift.kind == GiftKind.POINTS:
        points = gift.points or 0
        said = ngettext("%(count)s point", "%(count)s points", points)
        return said % {"count": number(points, language)}
    if gift.what:
        return gift.what
    plain = {
        GiftKind.DELIVERY: _("delivery at our expense"),
        GiftKind.FLOWERS: _("flowers"),
        GiftKind.THANKS: _("thank you"),
    }
    return plain.get(GiftKind(gift.kind), str(GiftKind(gift.kind).label))
