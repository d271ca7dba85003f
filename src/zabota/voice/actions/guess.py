"""Who may have written a mention: guessed by a machine, confirmed by a person."""

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from zabota.cases.actions import hold_together
from zabota.cases.actions.cases import search_words
from zabota.clients.models import Client, Contact
from zabota.journal.actions import record
from zabota.people.access import StaffViewer
from zabota.people.refusal import Refused
from zabota.voice.actions.manners import held_manners, unknown_author
from zabota.voice.entries import AUTHOR_CONFIRMED, AUTHOR_DENIED, AUTHOR_TAKEN_BACK
from zabota.voice.models import AuthorGuess, Mention
from zabota.voice.reading.authors import candidates_for
from zabota.voice.rules import may_confirm_author


def guess_authors(mention: Mention, *, by: None, at: datetime) -> int:
    """Clients who may have written it, with how sure that is; what was denied is not said again."""
    rows = [
        AuthorGuess(
            mention=mention, client_id=one.client, contact_id=one.contact, sure=one.guess.sure,
            why=list(one.guess.why),
        )
        for one in candidates_for(mention)
    ]  # fmt: skip
    AuthorGuess.objects.bulk_create(rows, ignore_conflicts=True)
    return len(rows)


@transaction.atomic
def confirm_author(
    mention: Mention,
    client: Client,
    *,
    by: StaffViewer,
    at: datetime,
    contact: Contact | None = None,
) -> Mention:
    """A person says whose it is. Only from now on it is this client's; they themselves see nothing
    of it but thanks and what follows from them.
    """
    held = hold_together(mention.pk)[mention.pk]
    mention = fresh_mention(mention.pk)
    if not may_confirm_author(by, mention):
        raise PermissionDenied
    client = Client.objects.select_related("root").get(pk=client.pk).whole
    whole = Client.objects.whole_of(client.pk)
    if contact is not None and not whole.filter(pk=contact.client_id).exists():
        raise Refused("other_contact", _("This person is another client’s."), field="contact")
    if mention.confirmed_at is not None and mention.rewarded_at is not None:
        raise Refused("rewarded", _("Its author was thanked as somebody else already."))
    mention.contact = contact or _only_person(client)
    mention.confirmed_at, mention.confirmed_by = at, by.user
    mention.save(update_fields=["contact", "confirmed_at", "confirmed_by"])
    _move(mention, client)
    record(
        held.stream, AUTHOR_CONFIRMED, by=by.user.pk, at=at, mention=mention.pk, client=client.pk,
        particulars={"client_name": client.name},
    )  # fmt: skip
    return mention


@transaction.atomic
def deny_author(guess: AuthorGuess, *, by: StaffViewer, at: datetime) -> None:
    """It was not this client; it is said of them no more."""
    held = hold_together(guess.mention_id)[guess.mention_id]
    mention = fresh_mention(guess.mention_id)
    if not may_confirm_author(by, mention):
        raise PermissionDenied
    if not AuthorGuess.objects.filter(pk=guess.pk, denied_at=None).update(denied_at=at):
        return
    record(
        held.stream, AUTHOR_DENIED, by=by.user.pk, at=at, mention=mention.pk,
        client=guess.client_id, particulars={"client_name": guess.client.name},
    )  # fmt: skip


@transaction.atomic
def take_back_author(mention: Mention, *, by: StaffViewer, at: datetime) -> Mention:
    """It was confirmed by mistake. Refused once the author had their reward: that is not taken
    back from anybody.
    """
    manners = held_manners(by=by, at=at)
    held = hold_together(mention.pk)[mention.pk]
    mention = fresh_mention(mention.pk)
    if not may_confirm_author(by, mention):
        raise PermissionDenied
    if mention.confirmed_at is None:
        return mention
    if mention.rewarded_at is not None:
        raise Refused("rewarded", _("Its author was thanked as somebody else already."))
    mention.contact = mention.confirmed_at = mention.confirmed_by = None
    mention.save(update_fields=["contact", "confirmed_at", "confirmed_by"])
    _move(mention, unknown_author(manners, by=None, at=at))
    record(held.stream, AUTHOR_TAKEN_BACK, by=by.user.pk, at=at, mention=mention.pk)
    return mention


def _only_person(client: Client) -> Contact | None:
    """Of somebody who stands for themselves, they; of a company nobody more than others."""
    if client.kind != "person":
        return None
    people = list(Contact.objects.of_whole(client.pk).filter(removed_at=None).order_by("pk")[:2])
    return people[0] if len(people) == 1 else None


def _move(mention: Mention, client: Client) -> None:
    case = mention.case
    case.client = client
    case.search = search_words(case.number, case.client_number, case.title, client)
    case.save(update_fields=["client", "search"])


def fresh_mention(pk: int) -> Mention:
    """As it is now, with its case, its promise and its people."""
    found = Mention.objects.select_related(
        "case__stream", "case__client__root", "case__owner__user", "thanks", "contact__user"
    )
    return found.get(pk=pk)
