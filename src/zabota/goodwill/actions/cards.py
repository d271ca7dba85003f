"""Visiting cards: an employee's own address. A stranger writes to it; one tap answers with the code
of a gift.
"""

import re
import secrets
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from zabota.common.files import read_file
from zabota.goodwill import entries
from zabota.goodwill.actions.give import Given, check_given, give_gift
from zabota.goodwill.models import CallingCard, CardLetter, Gift, GiftKind
from zabota.goodwill.rules import may_give
from zabota.journal.actions import lock_stream, record
from zabota.journal.models import Entry
from zabota.outreach.actions import send_message, set_aside_letter
from zabota.outreach.letters import Unreadable, read_letter
from zabota.outreach.models import Received, ReceivedState
from zabota.people.access import StaffViewer
from zabota.people.refusal import Refused
from zabota.people.rules import demand

# In an address: help+gift.k7m2p9xq@firm.example. Mail servers may lower its case.
MARK = re.compile(r"\+gift\.([a-z2-9]{8,16})@")
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"


def make_card(what: Given, *, by: StaffViewer, at: datetime) -> CallingCard:
    """One's visiting card: its address, and what whoever writes to it gets. A new card ends the one
    before: letters to that are answered no more.
    """
    demand(may_give(by))
    check_given(what)
    with transaction.atomic():
        stream = lock_stream(by.employee.stream_id)
        mine = CallingCard.objects.filter(employee=by.employee, ended_at=None)
        mine.update(ended_at=at)
        card = CallingCard.objects.create(
            employee=by.employee,
            mark="".join(secrets.choice(LETTERS) for _letter in range(10)),
            kind=what.kind,
            good=what.good if what.kind == GiftKind.GOODS else None,
            what=what.what.strip(),
            cost=what.cost,
            percent=what.percent,
            points=what.points,
            made_at=at,
        )
        record(stream, entries.CARD_MADE, by=by.user.pk, at=at, card=card.pk)
        return card


def take_card_letter(entry: Entry, *, by: None, at: datetime) -> int:
    """What follows a letter that came: one to a card's address waits for its employee's tap and
    begins no request.
    """
    letter = (
        Received.objects.select_related("file", "mailbox")
        .filter(
            pk=entry.facts["letter"], state=ReceivedState.READ, case=None, mailbox__isnull=False
        )
        .first()
    )
    if letter is None or letter.settled_at is not None:
        return 0
    card = _card_of(letter)
    if card is None or CardLetter.objects.filter(letter=letter).exists():
        return 0
    with transaction.atomic():
        stream = lock_stream(card.employee.stream_id)
        CardLetter.objects.create(card=card, letter=letter, came_at=at)
        record(
            stream,
            entries.CARD_WRITTEN_TO,
            by=None,
            at=at,
            card=card.pk,
            letter=letter.pk,
            user=card.employee.user_id,
        )
    set_aside_letter(letter, by=None, at=at)
    return 1


def answer_card_letter(row: CardLetter, *, by: StaffViewer, at: datetime) -> Gift:
    """One tap: the gift of the card is given, and its code goes to whoever wrote."""
    if row.card.employee_id != by.employee.pk:
        demand(False)
    with transaction.atomic():
        letter, card = row.letter, row.card
        gift = give_gift(
            Given(
                kind=card.kind,
                occasion=_occasion(),
                client=letter.contact.client.whole if letter.contact else None,
                contact=letter.contact,
                good=card.good,
                what=card.what,
                cost=card.cost,
                percent=card.percent,
                points=card.points,
            ),
            by=by,
            at=at,
        )
        answered = CardLetter.objects.filter(pk=row.pk, gift=None, put_aside_at=None)
        if answered.update(gift=gift) != 1:
            raise Refused("answered", gettext_lazy("This letter was answered already."))
        send_message(
            None, "gift", letter.sender, by=by, at=at, path="/gifts/",
            link=["gift", gift.pk], words=_words(by), subject=_subject(),
        )  # fmt: skip
        return gift


def put_card_letter_aside(row: CardLetter, *, by: StaffViewer, at: datetime) -> bool:
    """No gift for this one: it is seen to; as little as an autosave, it is no deed."""
    demand(row.card.employee_id == by.employee.pk)
    rows = CardLetter.objects.filter(pk=row.pk, gift=None, put_aside_at=None)
    return rows.update(put_aside_at=at) == 1


def _card_of(letter: Received) -> CallingCard | None:
    try:
        recipients = read_letter(read_file(letter.file)).recipients
    except Unreadable:
        return None
    marks = [found[1] for one in recipients if (found := MARK.search(one.lower()))]
    if not marks:
        return None
    cards = CallingCard.objects.filter(mark__in=marks, ended_at=None)
    return cards.select_related("employee").filter(employee__dismissed_at=None).first()


def _occasion() -> str:
    return _("visiting card")


def _words(by: StaffViewer) -> dict[str, str]:
    said = {}
    for language in ("ru", "en"):
        with override(language):
            said[language] = _(
                "%(name)s thanks you for writing and has a present for you. Its code is behind the"
                " button; it is yours alone."
            ) % {"name": by.user.shown_name}
    return said


def _subject() -> dict[str, str]:
    said = {}
    for language in ("ru", "en"):
        with override(language):
            said[language] = _("A present for you")
    return said
