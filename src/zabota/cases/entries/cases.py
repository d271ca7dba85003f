"""What is said of promises themselves."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from django.utils import translation
from django.utils.translation import gettext_lazy as _

from zabota.cases.models import Case, Cause, Holder
from zabota.clients.models import Contact
from zabota.journal.kinds import EntryKind, Notice, declare
from zabota.journal.models import Entry


def _lead_of_owner(entry: Entry) -> Iterator[Notice]:
    """The owner's lead, or an administrator where there is none, hears of it."""
    user = entry.facts.get("lead")
    if user:
        yield Notice(user, _purpose(entry), f"/desk/cases/{entry.facts['case']}/")


def _holders(entry: Entry) -> Iterator[Notice]:
    for user in (
        Holder.objects.filter(promise=entry.facts["promise"])
        .values_list("employee__user", flat=True)
        .distinct()
    ):
        yield Notice(user, _purpose(entry), f"/desk/cases/{entry.facts['case']}/")


def _purpose(entry: Entry) -> str:
    """Whether it can still be mended is said in the subject of the letter."""
    return "promise_broken" if entry.kind == PROMISE_ESCALATED.name else "promise_in_danger"


def _both(entry: Entry) -> Iterator[Notice]:
    yield from _lead_of_owner(entry)
    yield from _holders(entry)


def _those_who_may_allow(entry: Entry) -> Iterator[Notice]:
    """The letter's button only shows what is asked: it is allowed by whoever has signed in."""
    for user in (
        Holder.objects.filter(promise=entry.facts["promise"], rank_at__isnull=False)
        .values_list("employee__user", flat=True)
        .distinct()
    ):
        yield Notice(user, "beyond_task", _beyond(entry))


def _owner_of_case(entry: Entry) -> Iterator[Notice]:
    for user in Case.objects.filter(pk=entry.facts["case"]).values_list("owner__user", flat=True):
        yield Notice(user, "beyond_news", _beyond(entry))


def _who_asked(entry: Entry) -> Iterator[Notice]:
    """Whoever asked, and whoever answers for the case, where that is another."""
    asked = entry.facts["asked_by"]["user"]
    yield Notice(asked, "beyond_news", _beyond(entry))
    yield from (notice for notice in _owner_of_case(entry) if notice.user_id != asked)


def _beyond(entry: Entry) -> str:
    return f"/desk/beyond/{entry.facts['deviation']}/"


def _those_who_asked(entry: Entry) -> Iterator[Notice]:
    for user in entry.facts["who_asked"]:
        yield Notice(user, "rule_made", "/desk/beyond/")


def _those_who_had_it(entry: Entry) -> Iterator[Notice]:
    rows = Holder.objects.filter(promise=entry.facts["promise"], rank_at__isnull=False)
    for user in rows.values_list("employee__user", flat=True).distinct():
        yield Notice(user, "explain_task", _explanation(entry))


def _to_whom(entry: Entry) -> Iterator[Notice]:
    yield Notice(entry.facts["to"]["user"], "promise_explained", _explanation(entry))


def _director(entry: Entry) -> Iterator[Notice]:
    yield Notice(entry.facts["director"], "promise_unexplained", _explanation(entry))


def _explanation(entry: Entry) -> str:
    return f"/desk/explanations/{entry.facts['explanation']}/"


def _cause(facts: Mapping[str, Any], language: str) -> Mapping[str, Any]:
    """A cause is kept by its code and read in the reader's language."""
    with translation.override(language):
        return {"cause": str(Cause(facts["cause"]).label)}


def clients_of_case(purpose: str) -> Callable[[Entry], Iterator[Notice]]:
    """The client's person the entry names, by letter where they have no account; where it names
    nobody, everybody of the client with access to the room. Never of what is only ours.
    """

    def told(entry: Entry) -> Iterator[Notice]:
        if entry.audience == "ours":
            return
        path, named = f"/room/cases/{entry.facts['case']}/", entry.facts.get("contact")
        if named is None:
            client = Case.objects.values_list("client", flat=True).get(pk=entry.facts["case"])
            people = Contact.objects.with_access().of_whole(client)
            for user in people.values_list("user", flat=True).distinct():
                yield Notice(user, purpose, path)
            return
        contact = Contact.objects.select_related("user").filter(pk=named, removed_at=None).first()
        if contact is not None and contact.user is not None and contact.user.is_active:
            yield Notice(contact.user_id, purpose, path)
        elif contact is not None and (address := letter_address(contact)):
            yield Notice(None, purpose, path, address=address)

    return told


def letter_address(contact: Contact) -> str:
    """Where a person without an account is written to; empty where nobody knows."""
    points = contact.points.filter(kind="email", removed_at=None)
    found = points.order_by("-preferred", "pk").values_list("value", flat=True).first()
    return found or ""


def _for_ours(facts: Mapping[str, Any], language: str) -> Mapping[str, Any]:
    """Old entries kept only the words meant for the client."""
    return {} if "what" in facts else {"what": facts["words"]}


PROMISE_WARNED = declare(
    EntryKind(
        "case.promise_warned",
        _("[{who}: ]{what}, time is running out[; due {due_at}]"),
        audience="ours",
        told=_both,
        icon="alarm-clock",
        words=_for_ours,
    )
)
PROMISE_ESCALATED = declare(
    EntryKind(
        "case.promise_escalated",
        _("[{who}: ]{what}, not done in time[; it was due {due_at}]"),
        audience="ours",
        told=_both,
        icon="siren",
        words=_for_ours,
    )
)
PROMISE_RENEGOTIATED = declare(
    EntryKind(
        "case.promise_renegotiated",
        _("A new time was offered[ by {actor}]: {due}[. Reason: {reason}]"),
        audience="both",
        icon="calendar-clock",
    )
)
OWNER_CHANGED = declare(
    EntryKind(
        "case.owner_changed",
        _("{owner} is in charge now[; arranged by {actor}]"),
        audience="both",
        icon="user-round-check",
    )
)
CLIENT_LOOKED_ON = declare(
    EntryKind(
        "case.seen_as_client",
        _("Looked at through the client’s eyes[ by {actor}]"),
        audience="ours",
        icon="eye",
    )
)

WENT_BEYOND = declare(
    EntryKind(
        "case.went_beyond",
        _("Beyond the rules: {rule}; cost {cost}[. {actor}][. Reason: {reason}]"),
        audience="ours",
        told=_owner_of_case,
        icon="sparkles",
    )
)
BEYOND_ASKED = declare(
    EntryKind(
        "case.beyond_asked",
        _("May we go beyond the rules: {rule}; cost {cost}[. {actor}][. Reason: {reason}]"),
        audience="ours",
        told=_those_who_may_allow,
        icon="circle-question-mark",
    )
)
BEYOND_GRANTED = declare(
    EntryKind(
        "case.beyond_granted",
        _("Allowed beyond the rules: {rule}; cost {cost}[. {actor}][: {word}]"),
        audience="ours",
        told=_who_asked,
        icon="sparkles",
    )
)
BEYOND_REFUSED = declare(
    EntryKind(
        "case.beyond_refused",
        _("Not allowed beyond the rules: {rule}; cost {cost}[. {actor}][: {word}]"),
        audience="ours",
        told=_who_asked,
        icon="circle-x",
    )
)
BEYOND_TOLD = declare(
    EntryKind(
        "case.beyond_told",
        _("Done for you beyond the rules: {words}"),
        audience="both",
        told=clients_of_case("beyond_told"),
        icon="sparkles",
    )
)
EXPLAIN_ASKED = declare(
    EntryKind(
        "case.explain_asked",
        _("Why was it not kept in time: {what}? To be explained to: {to}"),
        audience="ours",
        told=_those_who_had_it,
        icon="message-circle-question-mark",
    )
)
EXPLAINED = declare(
    EntryKind(
        "case.explained",
        _("Why it was not kept in time: {what}. {cause}: {words}[. {actor}]"),
        audience="ours",
        told=_to_whom,
        icon="message-circle-warning",
        words=_cause,
    )
)
EXPLAINED_TO_CLIENT = declare(
    EntryKind(
        "case.explained_to_client",
        _("Why we were late: {what}. {words}"),
        audience="both",
        told=clients_of_case("why_broken"),
        icon="message-circle-warning",
    )
)
UNEXPLAINED = declare(
    EntryKind(
        "case.unexplained",
        _("Nobody explained within a working hour: {what}[. Who had it: {who}]"),
        audience="ours",
        told=_director,
        icon="siren",
    )
)
EXPLAINED_TO_CHANGED = declare(
    EntryKind(
        "case.explained_to_changed",
        _("Broken promises are explained to: {to}; {moment}[. {actor}]"),
        audience="ours",
        icon="user-round-check",
    )
)
RULE_MADE = declare(
    EntryKind(
        "case.rule_made",
        _("It is a rule now: {words}; before: {rule}[. {actor}]"),
        audience="ours",
        told=_those_who_asked,
        icon="scroll-text",
    )
)
RULE_LEFT = declare(
    EntryKind(
        "case.rule_left",
        _("It stays an exception: {rule}[. {actor}]"),
        audience="ours",
        icon="sparkles",
    )
)
CASES_LINKED = declare(
    EntryKind(
        "case.linked",
        _("Linked. {how}: {number}[. {actor}]"),
        audience="ours",
        icon="link",
    )
)
CASES_UNLINKED = declare(
    EntryKind(
        "case.unlinked",
        _("No longer linked. {how}: {number}[. {actor}]"),
        audience="ours",
        icon="unlink",
    )
)
