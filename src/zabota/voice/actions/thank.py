"""Somebody is thanked, kindly or not; what is not about us is set aside; trouble told begins a
request.
"""

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from zabota.cases.actions import (
    drop_promise,
    hold_together,
    keep_promise,
    link_cases,
    rank_holders,
    store_promises,
    touch_case,
)
from zabota.cases.entries import letter_address
from zabota.cases.models import LinkKind, Promise, PromiseState
from zabota.clients.actions import add_client
from zabota.journal.actions import record
from zabota.people.access import StaffViewer
from zabota.people.firm import current_firm
from zabota.people.refusal import Refused
from zabota.tickets.actions import open_ticket
from zabota.tickets.models import Channel, Ticket, TicketType
from zabota.voice.actions.guess import confirm_author, fresh_mention
from zabota.voice.actions.manners import clean_thanks, held_manners
from zabota.voice.entries import MENTION_BROUGHT_BACK, MENTION_SET_ASIDE, MENTION_THANKED
from zabota.voice.gathering.links import is_link
from zabota.voice.models import Aside, Mention, MentionState, Thanks
from zabota.voice.rules import (
    may_bring_back_mention,
    may_open_trouble,
    may_set_aside_mention,
    may_thank_author,
)

SET_ASIDE = "aside"
WEIGHT = 3


@transaction.atomic
def thank_author(
    mention: Mention,
    words: str,
    how: str,
    *,
    by: StaffViewer,
    at: datetime,
    answer_link: str = "",
) -> Mention:
    """Somebody of ours thanked: in public in these words, which they posted themselves, by letter
    to an author who is known, or aloud. What was promised is kept by it.

    Thanks ask for nothing and name no reward: such words are refused.
    """
    held = hold_together(mention.pk)[mention.pk]
    mention = fresh_mention(mention.pk)
    if not may_thank_author(by, mention) or mention.case.root_id is not None:
        raise PermissionDenied
    way = Thanks(how)
    if words.strip() or way != Thanks.ALOUD:
        words = clean_thanks(words)
    if answer_link and not is_link(answer_link):
        raise Refused("no_link", _("This is not a link to a page."), field="answer_link")
    if way == Thanks.LETTER and not may_be_written_to(mention):
        raise Refused("no_address", _("We know no address of the author."), field="how")
    kept = keep_promise(mention.thanks, by=by, at=at, outcome=way)
    store_promises([kept])
    rank_holders([kept], by=by, at=at)
    mention.thanked_at, mention.thanked_by, mention.how = at, by.employee, way
    mention.words, mention.answer_link = words.strip(), answer_link.strip()
    mention.save(update_fields=["thanked_at", "thanked_by", "how", "words", "answer_link"])
    _move(mention, MentionState.THANKED, by=by, at=at)
    record(
        held.stream, MENTION_THANKED, by=by.user.pk, at=at, mention=mention.pk, how=str(way),
        by_letter=mention.contact_id if way == Thanks.LETTER else None,
    )  # fmt: skip
    return mention


def may_be_written_to(mention: Mention) -> bool:
    """Whether the author is known, confirmed by a person, and has where to write to."""
    contact = mention.contact
    if contact is None or mention.confirmed_at is None or contact.removed_at is not None:
        return False
    has_account = contact.user is not None and contact.user.is_active
    return has_account or bool(letter_address(contact))


@transaction.atomic
def set_aside_mention(mention: Mention, why: str, *, by: StaffViewer, at: datetime) -> Mention:
    """Nobody is to be thanked here; it stays, counted apart, with the reason."""
    held = hold_together(mention.pk)[mention.pk]
    mention = fresh_mention(mention.pk)
    if not may_set_aside_mention(by, mention):
        raise PermissionDenied
    mention.aside = Aside(why)
    mention.save(update_fields=["aside"])
    dropped = drop_promise(mention.thanks, by=by, at=at, outcome=SET_ASIDE)
    store_promises([dropped])
    rank_holders([dropped], by=by, at=at)
    _move(mention, MentionState.ASIDE, by=by, at=at)
    record(held.stream, MENTION_SET_ASIDE, by=by.user.pk, at=at, mention=mention.pk, why=why)
    return mention


@transaction.atomic
def bring_back_mention(mention: Mention, *, by: StaffViewer, at: datetime) -> Mention:
    """It is about us after all: thanks are promised as from the beginning."""
    held = hold_together(mention.pk)[mention.pk]
    mention = fresh_mention(mention.pk)
    if not may_bring_back_mention(by, mention):
        raise PermissionDenied
    mention.aside = ""
    mention.save(update_fields=["aside"])
    _run_again(mention.thanks)
    rank_holders([mention.thanks], by=by, at=at, weight=WEIGHT)
    _move(mention, MentionState.WAITING, by=by, at=at)
    record(held.stream, MENTION_BROUGHT_BACK, by=by.user.pk, at=at, mention=mention.pk)
    return mention


@transaction.atomic
def open_trouble(mention: Mention, kind: TicketType, *, by: StaffViewer, at: datetime) -> Ticket:
    """The trouble told there becomes a request with promises of its own, linked to the mention.
    Whoever wrote and is not known yet becomes a client to confirm, as by a letter.
    """
    mention = fresh_mention(mention.pk)
    if not may_open_trouble(by, mention):
        raise PermissionDenied
    if mention.confirmed_at is None:
        mention = _become_client(mention, by=by, at=at)
    ticket = open_ticket(
        mention.case.client.whole,
        kind,
        mention.text or mention.case.title,
        by=by,
        at=at,
        contact=mention.contact,
        channel=Channel.MENTION,
        title=mention.case.title,
    )
    link_cases(ticket.case, mention.case, LinkKind.CAUSED, by=by, at=at)
    return ticket


def _become_client(mention: Mention, *, by: StaffViewer, at: datetime) -> Mention:
    """A card to confirm: under the name they wrote, answered for by whoever acts now."""
    held_manners(by=by, at=at)
    with translation.override(current_firm().language):
        name = mention.author or gettext("Author of %(number)s") % {"number": mention.case.number}
    client = add_client(
        {"kind": "person", "name": name[:300], "language": mention.language},
        owner=by.employee, by=None, at=at,
    )  # fmt: skip
    return fresh_mention(confirm_author(mention, client, by=by, at=at).pk)


def _run_again(promise: Promise) -> None:
    promise.state, promise.settled_at, promise.outcome = PromiseState.RUNNING, None, ""
    store_promises([promise])
    promise.used_minutes = None
    promise.save(update_fields=["used_minutes"])


def _move(mention: Mention, state: str, *, by: StaffViewer, at: datetime) -> None:
    case = mention.case
    case.state = state
    case.closed_at = None if state == MentionState.WAITING else at
    touch_case(case, by=by, at=at, fields=("state", "closed_at"))
