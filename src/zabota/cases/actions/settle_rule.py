"""An exception that repeats becomes a rule, or is left an exception knowingly."""

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from zabota.cases.actions.beyond import folded
from zabota.cases.entries import RULE_LEFT, RULE_MADE
from zabota.cases.models import Deviation, RuleOffer
from zabota.cases.rules import may_settle_rule
from zabota.journal.actions import lock_stream, record
from zabota.people.access import StaffViewer
from zabota.people.firm import current_firm
from zabota.people.refusal import Refused


@transaction.atomic
def settle_rule(rule: str, words: str, *, by: StaffViewer, at: datetime, made: bool) -> RuleOffer:
    """From now on this is a rule, in these words, and whoever had to go beyond hears of it; or it
    stays an exception. Either way it is offered anew only if it repeats from now on.
    """
    stream = lock_stream(current_firm().stream_id)
    if not may_settle_rule(by, at):
        raise PermissionDenied
    key = folded(rule)
    last = RuleOffer.objects.filter(rule_key=key).order_by("-settled_at").first()
    lately = Deviation.objects.filter(rule_key=key)
    if last is not None:
        lately = lately.filter(asked_at__gt=last.settled_at)
    if not lately.exists():
        raise Refused("settled", _("This is decided already."))
    if made and not words.strip():
        raise Refused("no_words", _("Say how the rule reads."))
    users = lately.order_by("asked_by").values_list("asked_by__user", flat=True).distinct()
    offer = RuleOffer.objects.create(
        rule_key=key,
        rule=rule.strip(),
        made=made,
        words=words.strip() if made else "",
        settled_by=by.employee,
        settled_at=at,
    )
    record(
        stream,
        RULE_MADE if made else RULE_LEFT,
        by=by.user.pk,
        at=at,
        rule=offer.rule,
        words=offer.words,
        who_asked=list(users),
    )
    return offer
