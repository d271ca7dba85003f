"""The joint questionnaire: begun by whoever recommends, filled in by whoever comes."""

from collections.abc import Sequence
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from zabota.clients.access import RoomViewer
from zabota.clients.actions.held import held_client
from zabota.journal.actions import record
from zabota.people.firm import current_firm
from zabota.people.refusal import Refused
from zabota.referrals.actions.links import lay_link
from zabota.referrals.entries import SHEET_BEGUN, SHEET_FILLED
from zabota.referrals.models import LinkKind, Questionnaire, ReferralLink, Sheet, ShownAs
from zabota.referrals.rules import may_recommend

LONGEST_ANSWER = 2000
MOST_OPEN = 20


def present_questions() -> Questionnaire | None:
    """The edition that counts now; none, where the firm asks nothing."""
    latest = Questionnaire.objects.order_by("-pk").first()
    return latest if latest is not None and (latest.told or latest.needed) else None


@transaction.atomic
def begin_sheet(
    answers: Sequence[str],
    *,
    by: RoomViewer,
    at: datetime,
    shown: bool,
    shown_as: str,
    device: str = "",
) -> Sheet:
    """Whoever recommends fills in their half; its link is for one friend, who fills in the other.
    `shown` says whether the friend may read this half.
    """
    client = held_client(by.client.pk)
    if not may_recommend(by, current_firm()):
        raise PermissionDenied
    edition = present_questions()
    if edition is None:
        raise Refused("no_questions", _("There is no questionnaire at the moment."))
    if shown_as not in ShownAs.values:
        raise Refused("unknown_name", _("Choose how you are named."), field="shown_as")
    open_now = Sheet.objects.filter(
        link__contact=by.contact, link__revoked_at=None, filled_at=None
    ).count()
    if open_now >= MOST_OPEN:
        raise Refused("too_many", _("There are many unanswered questionnaires already."))
    told = _clean(answers, len(edition.told))
    link = lay_link(LinkKind.SHEET, client, by=by, at=at, shown_as=shown_as, device=device)
    sheet = Sheet.objects.create(link=link, edition=edition, told=told, told_shown=shown)
    record(
        client.stream, SHEET_BEGUN, by=by.user.pk, at=at, link=link.pk, client=client.pk,
        contact=by.contact.pk,
    )  # fmt: skip
    return sheet


@transaction.atomic
def fill_sheet(
    link: ReferralLink, answers: Sequence[str], *, by: None, at: datetime, shown: bool
) -> Sheet:
    """Whoever came fills in their half, once; `shown` says whether the recommender may read it."""
    client = held_client(link.client_id)
    sheet = Sheet.objects.select_related("edition").get(pk=link.pk)
    if sheet.filled_at is not None:
        raise Refused("filled", _("This questionnaire is filled in already."))
    sheet.needed = _clean(answers, len(sheet.edition.needed))
    sheet.needed_shown, sheet.filled_at = shown, at
    sheet.save(update_fields=["needed", "needed_shown", "filled_at"])
    record(client.stream, SHEET_FILLED, by=None, at=at, link=link.pk, client=link.client_id)
    return sheet


def _clean(answers: Sequence[str], count: int) -> list[str]:
    said = [one.replace("\r\n", "\n").strip() for one in answers]
    if any(len(one) > LONGEST_ANSWER for one in said):
        raise Refused("too_long", _("Please be briefer here."))
    return [*said, *[""] * count][:count]
