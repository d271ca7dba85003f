"""What a till does with a code: a reward that waits is handed over, a gift is used. The page and
the programs of tills call the same.
"""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from zabota.clients.models import Client
from zabota.common.formats import money
from zabota.goodwill.actions import redeem_gift
from zabota.goodwill.saying import gift_words
from zabota.loyalty.actions import hand_over_reward
from zabota.loyalty.actions.till import Brought, Rung
from zabota.loyalty.models import Claim, ClaimState
from zabota.loyalty.numbers import cleaned
from zabota.people.models import Place, User
from zabota.people.refusal import Refused


@dataclass(frozen=True)
class Used:
    """What a code was: of a reward or a gift, in words; whether it had been used before."""

    kind: str
    what: str
    again: bool


def use_code(
    code: str,
    *,
    receipt: str,
    by: User,
    at: datetime,
    client: Client | None = None,
    place: Place | None = None,
) -> Used:
    """A reward's code is told from a gift's by whose it is. Once each; a gift told again with the
    same receipt is the same use.
    """
    claim = Claim.objects.select_related("reward", "client").filter(code=cleaned(code)).first()
    if claim is not None:
        name = claim.reward.name(get_language() or "ru")
        if claim.state == ClaimState.GIVEN:
            raise Refused("claim_over", _("This was handed over already: %(name)s."), name=name)
        hand_over_reward(claim, by=by, at=at)
        return Used("reward", name, again=False)
    gift = redeem_gift(code, receipt=receipt, by=by, at=at, client=client, place=place)
    return Used("gift", gift_words(gift, get_language() or "ru"), again=gift.used_at != at)


def rung_words(rung: Rung) -> str:
    """What became of a receipt, for whoever stands at the till."""
    language = get_language() or "ru"
    said = [_("Receipt %(number)s") % {"number": rung.receipt.number}]
    if rung.spent is not None:
        paid = money(rung.paid, "RUB", language)
        counted = rung.spent.unit.counted(rung.spent.amount, language)
        said.append(_("paid with %(counted)s: %(sum)s") % {"counted": counted, "sum": paid})
    for batch in rung.earned:
        counted = batch.unit.counted(batch.amount, language)
        said.append(_("earned: %(counted)s") % {"counted": counted})
    if not rung.earned:
        said.append(_("nothing earned by the rules of the day"))
    if rung.again:
        said.append(_("it was rung up before, nothing was done twice"))
    return "; ".join(said) + "."


def brought_words(brought: Brought) -> str:
    """What became of a return."""
    language = get_language() or "ru"
    said = [_("Brought back: %(sum)s") % {"sum": money(brought.sum, "RUB", language)}]
    if brought.taken:
        said.append(_("taken back: %(count)d") % {"count": brought.taken})
    if brought.given:
        said.append(_("given back: %(count)d") % {"count": brought.given})
    return "; ".join(said) + "."
