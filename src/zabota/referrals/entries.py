"""What is remembered of referrals. Who recommended reads nothing of a friend's case: what is told
to them stands in their own client's history and names nobody.
"""

from collections.abc import Iterator
from typing import Any

from django.utils.functional import Promise as LazyText
from django.utils.translation import gettext_lazy as _

from zabota.cases.entries import letter_address
from zabota.cases.models import Case, Holder
from zabota.clients.models import Contact
from zabota.journal.kinds import EntryKind, Notice, declare
from zabota.journal.models import Audience, Entry


def _those_who_have_it(entry: Entry) -> Iterator[Notice]:
    """Whoever of ours has an open promise of it; the owner, where nobody has."""
    case = entry.facts["referral"]
    rows = Holder.objects.filter(case=case, rank_at__isnull=False).order_by("pk")
    users = list(dict.fromkeys(rows.values_list("employee__user", flat=True)))
    if not users:
        users = list(Case.objects.filter(pk=case).values_list("owner__user", flat=True))
    for user in users:
        yield Notice(user, "referral_task", f"/desk/referrals/{case}/")


def _who_recommended(entry: Entry) -> Iterator[Notice]:
    """The contact whose link it was, while they have the room."""
    contact = Contact.objects.with_access().filter(pk=entry.facts["contact"]).first()
    # Thanks in words a person says themselves.
    if contact is not None and entry.facts["counted"]:
        yield Notice(
            contact.user_id,
            "referral_thanked",
            "/room/recommend/",
            _("Thank you for recommending us"),
        )


def _who_came(entry: Entry) -> Iterator[Notice]:
    """The friend who bought, by their account or by the address they left."""
    contact = Contact.objects.filter(pk=entry.facts["contact"], removed_at=None).first()
    if contact is None or not entry.facts["counted"]:
        return
    if contact.user is not None and contact.user.is_active:
        yield Notice(contact.user_id, "referral_thanked", "/room/", _("Thank you for coming to us"))
    elif address := letter_address(contact):
        subject = _("Thank you for coming to us")
        yield Notice(None, "referral_thanked", "/room/", subject, address=address)


def _kind(
    name: str,
    sentence: LazyText,
    icon: str,
    told: Any = None,
    audience: str = Audience.OURS,
) -> EntryKind:
    return declare(EntryKind(f"referral.{name}", sentence, audience, told, icon))


LINK_MADE = _kind(
    "link_made", _("A link to recommend us was made[: {actor}]"), "link", audience=Audience.BOTH
)
LINK_REVOKED = _kind(
    "link_revoked", _("A link to recommend us leads nowhere any more[: {actor}]"), "unlink",
    audience=Audience.BOTH,
)  # fmt: skip
LETTER_ASKED = _kind(
    "letter_asked", _("The letter to forward was asked for[: {actor}]"), "mail",
    audience=Audience.BOTH,
)  # fmt: skip
SHEET_BEGUN = _kind(
    "sheet_begun", _("A joint questionnaire was begun[: {actor}]"), "notebook-pen",
    audience=Audience.BOTH,
)  # fmt: skip
RECEIVED = _kind(
    "received", _("Came by recommendation and left their details"), "user-plus", _those_who_have_it
)
NOTED = _kind(
    "noted", _("Came by recommendation, as they said themselves[; noted by {actor}]"), "user-plus"
)
SHEET_FILLED = _kind(
    "sheet_filled", _("The other half of a joint questionnaire was filled in"), "notebook-pen"
)
SHARES_CHOSEN = _kind(
    "shares_chosen", _("What the recommender may read was changed by whoever came"), "eye"
)
TALKED = _kind("talked", _("Talked to whoever came by recommendation[: {actor}]"), "phone")
ENDED = _kind("ended", _("Nothing came of the recommendation: {why}[. {actor}]"), "circle-x")
BECAME_PURCHASE = _kind(
    "became_purchase", _("The recommendation became a purchase; thanks are due {thanks_on}"),
    "shopping-bag",
)  # fmt: skip
PURCHASE_UNDONE = _kind(
    "purchase_undone", _("The goods came back: the recommendation is no purchase any more"),
    "undo-2",
)  # fmt: skip
STOPPED = _kind(
    "stopped", _("Thanks wait for a person’s decision: {why}"), "octagon-pause", _those_who_have_it
)
DECIDED = _kind("decided", _("Decided about the thanks: {what}[. {actor}]"), "gavel")
WORDS_DUE = _kind(
    "words_due", _("There is nothing to give: a person says thanks"), "message-circle-heart",
    _those_who_have_it,
)  # fmt: skip
# The firm's own history of it, and what either side is told.
THANKED = _kind("thanked", _("Both sides were thanked[: {actor}]"), "heart-handshake")
RECOMMENDER_THANKED = _kind(
    "recommender_thanked", _("Thank you for recommending us[: {counted}]"),
    "heart-handshake", _who_recommended, Audience.BOTH,
)  # fmt: skip
FRIEND_THANKED = _kind(
    "friend_thanked", _("Thank you for coming to us on recommendation[: {counted}]"),
    "heart-handshake", _who_came, Audience.BOTH,
)  # fmt: skip
TERMS_SET = _kind("terms_set", _("Terms of recommending were set[ by {actor}]"), "scale")
BROCHURE_SET = _kind("brochure_set", _("The brochure was written anew[ by {actor}]"), "book-open")
QUESTIONNAIRE_SET = _kind(
    "questionnaire_set", _("The joint questionnaire was written anew[ by {actor}]"), "notebook-pen"
)
DEPARTURE_NOTED = _kind(
    "departure_noted", _("The client said that they leave[; noted by {actor}]"), "door-open"
)
DEPARTURE_ENDED = _kind(
    "departure_ended", _("The client stays after all[: {actor}]"), "door-closed"
)
