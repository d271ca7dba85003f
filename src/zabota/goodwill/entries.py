"""What is remembered about gifts and thanks, and who is told. No cost stands in them."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from zabota.clients.models import ClientKind, Contact, RoomRole
from zabota.goodwill.models import Gift, SaidThanks
from zabota.journal.kinds import EntryKind, Notice, declare
from zabota.journal.models import Audience, Entry
from zabota.people.models import Employee, Power, PowerKind

ROOM = "/room/goodwill/"


def _in_both(words: Any) -> dict[str, str]:
    said = {}
    for language in ("ru", "en"):
        with override(language):
            said[language] = str(words)
    return said


def _client_notices(
    client: int, contact: int | None, purpose: str, link: tuple[str, int], path: str
) -> Iterable[Notice]:
    """The person it is for, else whoever owns the client's room; without an account by a letter
    with a link of its own.
    """
    people = Contact.objects.of_whole(client).filter(removed_at=None).select_related("client")
    if contact is not None:
        people = people.filter(pk=contact)
    reached = [
        one
        for one in people.order_by("pk")
        if contact is not None or one.role == RoomRole.OWNER or one.client.kind == ClientKind.PERSON
    ]
    for one in reached:
        if one.user_id is not None:
            yield Notice(one.user_id, purpose, ROOM)
            continue
        point = (
            one.points.filter(kind="email", removed_at=None).order_by("-preferred", "pk").first()
        )
        if point is not None:
            yield Notice(None, purpose, path, address=point.value, link=link)


def _gift_told(entry: Entry) -> Iterable[Notice]:
    """Whom it is for."""
    gift = Gift.objects.filter(pk=entry.facts["gift"]).first()
    if gift is None or gift.client_id is None:
        return
    yield from _client_notices(
        gift.client_id, gift.contact_id, "gift", ("gift", gift.pk), "/gifts/"
    )


def _giver_told(entry: Entry) -> Iterable[Notice]:
    """Whoever gave it."""
    path = f"/desk/goodwill/gifts/{entry.facts['gift']}/"
    thanked = entry.facts.get("thanked")
    said = _in_both(_("What they said stands on its page.")) if thanked else {}
    yield Notice(entry.facts["giver"], "staff_notice", path, _("Your gift was taken"), said)


def _giver_thanked(entry: Entry) -> Iterable[Notice]:
    """Whoever gave it."""
    path = f"/desk/goodwill/gifts/{entry.facts['gift']}/"
    yield Notice(entry.facts["giver"], "staff_notice", path, _("You were thanked for your gift"))


def _buyer_told(entry: Entry) -> Iterable[Notice]:
    """The buyer is written to."""
    thanks = SaidThanks.objects.filter(pk=entry.facts["thanks"]).first()
    if thanks is not None:
        yield from _client_notices(
            thanks.client_id, None, "thanks", ("thanks", thanks.pk), "/thanks/"
        )


def _thanked_told(entry: Entry) -> Iterable[Notice]:
    """Whoever was thanked."""
    path = f"/desk/cases/{entry.facts['case']}/"
    yield Notice(entry.facts["thanked"], "staff_notice", path, _("A client thanked you"))


def _employee_told(entry: Entry) -> Iterable[Notice]:
    """Whose budget it is."""
    yield Notice(
        entry.facts["user"], "staff_notice", "/desk/goodwill/", _("Your budget of care has changed")
    )


def _employee_reviewed(entry: Entry) -> Iterable[Notice]:
    """Whose budget was looked at and stays as it is."""
    path = "/desk/goodwill/brought/"
    yield Notice(
        entry.facts["user"], "staff_notice", path, _("Your budget of care was reviewed and stays")
    )


def _reviewers_told(entry: Entry) -> Iterable[Notice]:
    """Whoever may decide, where a step is proposed; of too few gifts there is nothing to decide."""
    if not entry.facts["steps"]:
        return
    powers = Power.objects.in_force(entry.at).filter(kind=PowerKind.GOODWILL).values("employee")
    people = Employee.objects.working().filter(Q(pk__in=powers) | Q(is_administrator=True))
    for one in people.order_by("pk"):
        yield Notice(
            one.user_id, "staff_notice", "/desk/goodwill/review/",
            _("Budgets of care wait to be decided"),
        )  # fmt: skip


def _earners_told(entry: Entry) -> Iterable[Notice]:
    """Whoever has a line in the month; each sees their own."""
    for user in entry.facts["users"]:
        yield Notice(
            user, "staff_notice", "/desk/goodwill/brought/", _("Your bonuses of a month are closed")
        )


def _card_owner_told(entry: Entry) -> Iterable[Notice]:
    """Whose card it is: one tap answers."""
    yield Notice(
        entry.facts["user"],
        "staff_notice",
        "/desk/goodwill/card/",
        _("Somebody wrote to your card"),
    )


def _thanked_words(facts: Mapping[str, Any], language: str) -> Mapping[str, Any]:
    return {"whom": {"user": facts["thanked"]}}


def _kind(
    name: str,
    sentence: Any,
    icon: str,
    told: Any = None,
    audience: str = Audience.OURS,
    words: Any = None,
) -> EntryKind:
    return declare(EntryKind(f"goodwill.{name}", sentence, audience, told, icon, words))


GIFT_GIVEN = _kind(
    "gift_given",
    _("A present[ from {actor}]: {what}[ — {occasion}]"),
    "gift",
    _gift_told,
)
GIFT_CLAIMED = _kind("gift_claimed", _("A present was taken: {what}"), "hand-heart", _giver_told)
GIFT_THANKED = _kind("gift_thanked", _("Thanks for a present: {what}"), "heart", _giver_thanked)
GIFT_USED = _kind("gift_used", _("A present was used: {what}[; handed over by {actor}]"), "ticket")
GIFT_WITHDRAWN = _kind(
    "gift_withdrawn", _("A present was taken back[ by {actor}]: {what}"), "undo-2"
)
GIFT_LAPSED = _kind("gift_lapsed", _("The time to take a present is over: {what}"), "hourglass")
MADE_GOOD = _kind(
    "made_good",
    _("We made a mistake and make it good: {what}[. {actor}]"),
    "heart-handshake",
    _gift_told,
    Audience.BOTH,
)
THANKS_SAID = _kind(
    "thanks_said", _("Thanks for the purchase[ from {actor}]"), "heart", _buyer_told
)
THANKS_OPENED = _kind("thanks_opened", _("Thanks for the purchase were read"), "mail-open")
THANKS_RECEIVED = _kind(
    "thanks_received",
    _("The client said thank you: {whom}"),
    "heart",
    _thanked_told,
    Audience.BOTH,
    _thanked_words,
)
TERMS_SET = _kind("terms_set", _("The terms of giving were set[ by {actor}]"), "settings")
BUDGET_SET = _kind(
    "budget_set",
    _("The budget of care was set: {sum}[ ({reason})][. {actor}]"),
    "wallet",
    _employee_told,
)
GOOD_SET = _kind("good_set", _("What can be given was changed: {name}[. {actor}]"), "package")
LIMIT_SET = _kind("limit_set", _("A limit of the law was changed[ by {actor}]"), "scale")
RECIPIENT_SET = _kind(
    "recipient_set", _("It was noted whether the client is an official[: {actor}]"), "landmark"
)
CARD_MADE = _kind("card_made", _("A visiting card with a gift was made[: {actor}]"), "contact")
CARD_WRITTEN_TO = _kind(
    "card_written_to", _("Somebody wrote to the visiting card"), "mail-open", _card_owner_told
)
BONUSES_SET = _kind("bonuses_set", _("The terms of bonuses were set[ by {actor}]"), "settings")
BONUSES_CLOSED = _kind(
    "bonuses_closed",
    _("Bonuses were closed for payroll: {month}[. {actor}]"),
    "lock",
    _earners_told,
)
REVIEW_OPENED = _kind(
    "review_opened",
    _("Budgets of care of a period are to be reviewed"),
    "scale",
    _reviewers_told,
)
BUDGET_KEPT = _kind(
    "budget_kept",
    _("The budget of care was reviewed and stays: {sum}[ ({reason})][. {actor}]"),
    "wallet",
    _employee_reviewed,
)
