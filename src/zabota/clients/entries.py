"""What is remembered about a client and its people, and who is told.

Names and addresses of persons are particulars, so that a person can be erased; a sentence names an
account, looked up when it is read.
"""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _

from zabota.clients.models import Client, RoomRole
from zabota.common.formats import money
from zabota.journal.kinds import EntryKind, Notice, declare
from zabota.journal.models import Audience, Entry
from zabota.people.firm import own_currency


def _invited(entry: Entry) -> Iterable[Notice]:
    """Whoever may come in now gets a mail with the way to the room."""
    yield Notice(entry.facts["user"], "room_invited", "/room/")


def _contact_told(entry: Entry) -> Iterable[Notice]:
    """The person concerned, unless they did it themselves."""
    user = entry.facts["user"]
    if user is not None and user != entry.actor_id:
        yield Notice(user, "staff_notice", "/room/people/", _("Your role in the room has changed"))


def _receiver_told(entry: Entry) -> Iterable[Notice]:
    """Whoever takes the work over."""
    user = entry.facts["to_user"]
    if user != entry.actor_id:
        yield Notice(user, "staff_notice", "/room/", _("Work was handed over to you"))


def _new_owner_told(entry: Entry) -> Iterable[Notice]:
    """Our employee who answers for the client from now on."""
    user = entry.facts["owner_user"]
    if user != entry.actor_id:
        client = Client.objects.get(pk=entry.facts["client"])
        words = {}
        for language in ("ru", "en"):
            with override(language):
                words[language] = gettext("Its name: %(name)s.") % {"name": client.display_name}
        path = f"/desk/clients/{client.pk}/"
        yield Notice(user, "staff_notice", path, _("You answer for a client now"), words)


def _owner_words(facts: Mapping[str, Any], language: str) -> Mapping[str, Any]:
    """Whoever answers for the client from then on, by name."""
    return {"owner": {"user": facts["owner_user"]}}


def _owners_told(entry: Entry) -> Iterable[Notice]:
    """Whoever answers for either card, unless they did it themselves."""
    path = f"/desk/clients/{entry.facts['whole']}/"
    for user in entry.facts["owner_users"]:
        if user != entry.actor_id:
            yield Notice(user, "staff_notice", path, _("Two cards of clients are one now"))


def _parted_told(entry: Entry) -> Iterable[Notice]:
    """The same people, where two cards are two clients again."""
    path = f"/desk/clients/{entry.facts['client']}/"
    for user in entry.facts["owner_users"]:
        if user != entry.actor_id:
            yield Notice(user, "staff_notice", path, _("Two cards are two clients again"))


def _bringer_told(entry: Entry) -> Iterable[Notice]:
    """Whoever brought the table hears that it is through: it may have taken a while."""
    path = f"/desk/clients/import/{entry.facts['table']}/"
    subject = _("Your table has been taken in")
    yield Notice(entry.facts["owner_user"], "staff_notice", path, subject, receipt=True)


def _role_words(facts: Mapping[str, Any], language: str) -> Mapping[str, Any]:
    """The role as the reader knows it."""
    return {"role_name": str(RoomRole(facts["role"]).label)}


def _sum_words(facts: Mapping[str, Any], language: str) -> Mapping[str, Any]:
    """The sum as the reader writes it."""
    return {"for_sum": money(Decimal(facts["sum"]), own_currency(), language)}


CLIENT_ADDED = declare(
    EntryKind(
        "clients.client_added",
        _("The client was added[ by {actor}]"),
        Audience.OURS,
        _new_owner_told,
        "building-2",
    )
)
CLIENT_CHANGED = declare(
    EntryKind(
        "clients.client_changed",
        _("The client’s card was changed[ by {actor}]"),
        Audience.OURS,
        None,
        "pencil",
    )
)
REFUSED = declare(
    EntryKind("clients.refused", _("This is no client[: {actor}]"), Audience.OURS, None, "user-x")
)
ACCEPTED = declare(
    EntryKind(
        "clients.accepted", _("It is a client after all[: {actor}]"), Audience.OURS, None,
        "user-check",
    )
)  # fmt: skip
CLIENT_PASSED_ON = declare(
    EntryKind(
        "clients.client_passed_on",
        _("{owner} looks after the client now[; arranged by {actor}]"),
        Audience.OURS,
        _new_owner_told,
        "arrow-right-left",
        _owner_words,
    )
)
CONTACT_ADDED = declare(
    EntryKind(
        "clients.contact_added",
        _("A contact person was added[ by {actor}]"),
        Audience.BOTH,
        None,
        "user-plus",
    )
)
CONTACT_CHANGED = declare(
    EntryKind(
        "clients.contact_changed",
        _("The details of a contact person were changed[ by {actor}]"),
        Audience.BOTH,
        None,
        "pencil",
    )
)
ACCESS_GIVEN = declare(
    EntryKind(
        "clients.access_given",
        _("{person} was invited to the room[ by {actor}]"),
        Audience.BOTH,
        _invited,
        "mail-plus",
    )
)
ROLE_CHANGED = declare(
    EntryKind(
        "clients.role_changed",
        _("{person} has a new role in the room: “{role_name}”[. Changed by {actor}]"),
        Audience.BOTH,
        _contact_told,
        "shield-check",
        _role_words,
    )
)
CONTACT_REMOVED = declare(
    EntryKind(
        "clients.contact_removed",
        _("{person} was removed and has no access any more[; done by {actor}]"),
        Audience.BOTH,
        None,
        "user-minus",
    )
)
HANDED_OVER = declare(
    EntryKind(
        "clients.handed_over",
        _("Work was handed over from {person} to {receiver}[; arranged by {actor}]"),
        Audience.BOTH,
        _receiver_told,
        "arrow-right-left",
    )
)
CONSENT_GIVEN = declare(
    EntryKind(
        "clients.consent_given",
        _("Consent to the use of personal data was given[ by {actor}]"),
        Audience.BOTH,
        None,
        "file-check",
    )
)
PERSON_EXPORTED = declare(
    EntryKind(
        "clients.person_exported",
        _("The personal data of a contact person were exported[ by {actor}]"),
        Audience.OURS,
        None,
        "download",
    )
)
PERSON_ERASED = declare(
    EntryKind(
        "clients.person_erased",
        _("The personal data of a contact person were erased[ by {actor}]"),
        Audience.OURS,
        None,
        "eraser",
    )
)
TOOK_IN = declare(
    EntryKind(
        "clients.took_in",
        _("Another card was found to be this client[; merged by {actor}]"),
        Audience.OURS,
        _owners_told,
        "merge",
    )
)
MERGED = declare(
    EntryKind(
        "clients.merged",
        _("This card was merged into another one of the same client[ by {actor}]"),
        Audience.OURS,
        None,
        "merge",
    )
)
PARTED = declare(
    EntryKind(
        "clients.parted",
        _("A card merged before is a client of its own again[; undone by {actor}]"),
        Audience.OURS,
        None,
        "split",
    )
)
MERGE_UNDONE = declare(
    EntryKind(
        "clients.merge_undone",
        _("This card is a client of its own again; the merge was undone[ by {actor}]"),
        Audience.OURS,
        _parted_told,
        "split",
    )
)
TOLD_APART = declare(
    EntryKind(
        "clients.told_apart",
        _("Two cards that are alike are two clients[: {actor}]"),
        Audience.OURS,
        None,
        "split",
    )
)
TABLE_TAKEN_IN = declare(
    EntryKind(
        "clients.table_taken_in",
        _("A table was taken in[: {actor}]. Rows: {total}, new: {new}, wrong: {wrong}"),
        Audience.OURS,
        _bringer_told,
        "table",
    )
)
PURCHASE_RECORDED = declare(
    EntryKind(
        "clients.purchase_recorded", _("Bought for {for_sum}"), Audience.BOTH, None,
        "shopping-bag", _sum_words,
    )
)  # fmt: skip
PURCHASE_RETURNED = declare(
    EntryKind(
        "clients.purchase_returned", _("Brought back for {for_sum}"), Audience.BOTH, None,
        "undo-2", _sum_words,
    )
)  # fmt: skip
RETURN_LESSENED = declare(
    EntryKind(
        "clients.return_lessened", _("Not brought back after all: goods for {for_sum}"),
        Audience.BOTH, None, "shopping-bag", _sum_words,
    )
)  # fmt: skip
