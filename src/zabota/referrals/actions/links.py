"""The link by which a client recommends us: made, revoked, sent to themselves in a letter."""

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as plain
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from zabota.clients.access import RoomViewer
from zabota.clients.actions.held import held_client
from zabota.clients.models import Client
from zabota.journal.actions import record
from zabota.outreach.actions import send_message
from zabota.people.firm import current_firm
from zabota.people.refusal import Refused
from zabota.referrals.entries import LETTER_ASKED, LINK_MADE, LINK_REVOKED
from zabota.referrals.links import TOKEN
from zabota.referrals.models import LinkKind, ReferralLink, ShownAs
from zabota.referrals.rules import may_recommend
from zabota.referrals.saying import letter_words

LONGEST_WORDS = 600


@transaction.atomic
def make_link(
    *, by: RoomViewer, at: datetime, shown_as: str, words: str = "", device: str = ""
) -> ReferralLink:
    """A link of one's own, said as one wishes; the one there was leads nowhere from now on."""
    client = _held(by)
    words = words.strip()
    if shown_as not in ShownAs.values:
        raise Refused("unknown_name", _("Choose how you are named."), field="shown_as")
    if len(words) > LONGEST_WORDS:
        raise Refused("too_long", _("Please be briefer here."), field="words")
    own = ReferralLink.objects.filter(contact=by.contact, kind=LinkKind.OWN, revoked_at=None)
    own.update(revoked_at=at)
    return lay_link(
        LinkKind.OWN, client, by=by, at=at, shown_as=shown_as, words=words, device=device
    )


def lay_link(
    kind: str,
    client: Client,
    *,
    by: RoomViewer,
    at: datetime,
    shown_as: str,
    words: str = "",
    device: str = "",
) -> ReferralLink:
    """The row of a link, and what is remembered of it; the client is held."""
    link = ReferralLink.objects.create(
        kind=kind, client=client, contact=by.contact, shown_as=shown_as, words=words,
        device=device, made_at=at,
    )  # fmt: skip
    record(
        client.stream, LINK_MADE, by=by.user.pk, at=at, link=link.pk, client=client.pk,
        contact=by.contact.pk,
    )  # fmt: skip
    return link


@transaction.atomic
def revoke_link(link: ReferralLink, *, by: RoomViewer, at: datetime) -> None:
    """It leads nowhere any more; whoever came by it stays who they are."""
    client = held_client(link.client_id)
    if by.read_only or link.contact_id != by.contact.pk:
        raise PermissionDenied
    if ReferralLink.objects.filter(pk=link.pk, revoked_at=None).update(revoked_at=at) != 1:
        raise Refused("revoked", _("This link was revoked already."))
    record(
        client.stream, LINK_REVOKED, by=by.user.pk, at=at, link=link.pk, client=client.pk,
        contact=by.contact.pk,
    )  # fmt: skip


@transaction.atomic
def send_letter_home(link: ReferralLink, *, by: RoomViewer, at: datetime) -> None:
    """The letter to forward goes to the client themselves, and to nobody else: whom they forward
    it to is theirs to decide.
    """
    client = _held(by)
    if link.contact_id != by.contact.pk or link.revoked_at is not None:
        raise PermissionDenied
    entry = record(
        client.stream, LETTER_ASKED, by=by.user.pk, at=at, link=link.pk, client=client.pk,
        contact=by.contact.pk,
    )  # fmt: skip
    words, subject = {}, {}
    for language in ("ru", "en"):
        with override(language):
            words[language] = letter_words(link, current_firm())
            subject[language] = plain("A letter to forward")
    send_message(
        None, "referral_letter", by.user, by=by.user, at=at, path="/with/", entry=entry,
        link=[TOKEN, link.pk], words=words, subject=subject,
    )  # fmt: skip


def _held(by: RoomViewer) -> Client:
    client = held_client(by.client.pk)
    if not may_recommend(by, current_firm()):
        raise PermissionDenied
    return client
