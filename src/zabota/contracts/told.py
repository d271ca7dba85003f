"""Who is told of an entry of a contract, and what is said first where its sentence is not
their news.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime

from django.db.models import QuerySet

from zabota.cases.models import Case, Holder, PromiseState
from zabota.clients.models import Contact, RoomRole
from zabota.common.formats import dated_when
from zabota.contracts.models import Signatory
from zabota.journal.kinds import Notice
from zabota.journal.models import Entry
from zabota.people.firm import current_firm, zone_of

Told = Callable[[Entry], Iterator[Notice]]
Said = Callable[[Entry], dict[str, str]]


def the_clients(purpose: str, said: Said | None = None) -> Told:
    """Everybody of the client with access to the room; never of what is only ours. What is `said`
    beside the sentence. How it stands now is told once, when the letter leaves.
    """

    def told(entry: Entry) -> Iterator[Notice]:
        if entry.audience == "ours":
            return
        contract = entry.facts["contract"]
        client = Case.objects.values_list("client", flat=True).get(pk=contract)
        people = Contact.objects.with_access().of_whole(client)
        words = said(entry) if said is not None else {}
        for user in people.values_list("user", flat=True).distinct():
            yield Notice(user, purpose, f"/room/contracts/{contract}/", words=words)

    return told


def its_holders(purpose: str) -> Told:
    """Whoever has an open promise of this contract now."""

    def told(entry: Entry) -> Iterator[Notice]:
        contract = entry.facts["contract"]
        rows = Holder.objects.filter(
            case=contract, rank_at__isnull=False, promise__state=PromiseState.RUNNING
        )
        for user in rows.values_list("employee__user", flat=True).distinct():
            yield Notice(user, purpose, f"/desk/contracts/{contract}/")

    return told


def those_who_have_it_now(entry: Entry) -> Iterator[Notice]:
    """Whose work it has become with this change, if it is their turn; each once."""
    came = {one["user"] for one in entry.facts.get("after", [])}
    rows = Holder.objects.filter(
        promise__in=entry.facts.get("promises", []),
        promise__state=PromiseState.RUNNING,
        rank_at__isnull=False,
        employee__user__in=came,
    ).order_by("pk")
    found = {
        user: (stage, due)
        for user, stage, due in rows.values_list(
            "employee__user", "promise__stage", "promise__due_at"
        )
    }
    for user, (stage, due) in found.items():
        contract = entry.facts["contract"]
        path = f"/desk/stages/{stage}/" if stage else f"/desk/contracts/{contract}/"
        words = {
            "ru": f"Теперь это ждёт вас{until_when(due, entry.at, 'ru')}.",
            "en": f"It is waiting for you now{until_when(due, entry.at, 'en')}.",
        }
        yield Notice(user, "contract_task", path, words=words)


def those_who_had_it(purpose: str) -> Told:
    """Whoever's turn it was when it ended: what vanished from their list is explained."""

    def told(entry: Entry) -> Iterator[Notice]:
        for user in entry.facts.get("had_it", []):
            yield Notice(user, purpose, f"/desk/contracts/{entry.facts['contract']}/")

    return told


def its_owner(purpose: str) -> Told:
    """Our person in charge."""

    def told(entry: Entry) -> Iterator[Notice]:
        contract = entry.facts["contract"]
        for user in Case.objects.filter(pk=contract).values_list("owner__user", flat=True):
            yield Notice(user, purpose, f"/desk/contracts/{contract}/")

    return told


def remarked_to_owner(entry: Entry) -> Iterator[Notice]:
    """A vote for approval with a remark: the owner reads the remark at once."""
    if entry.facts.get("vote") == "approved" and entry.facts.get("remark"):
        yield from its_owner("contract_news")(entry)


def until_when(due: datetime | None, now: datetime, language: str) -> str:
    """Until when, in the firm's zone, as the end of a sentence."""
    if due is None:
        return ""
    said = dated_when(due, now, language, zone_of(current_firm()))
    return f", срок — до {said}" if language == "ru" else f", promised by {said}"


def asked_by_clause(entry: Entry) -> dict[str, str]:
    """What is asked, clause by clause, each on a line of its own."""
    reasons = [one for one in entry.facts.get("reasons", []) if one.get("text", "").strip()]
    if not reasons:
        return {}
    named = [(one.get("number", ""), one["text"].strip()) for one in reasons]
    ru = "\n".join(
        f"{f'Пункт {number}' if number else 'По тексту'}: {text}" for number, text in named
    )
    en = "\n".join(
        f"{f'Clause {number}' if number else 'The text'}: {text}" for number, text in named
    )
    return {"ru": f"\nПо пунктам:\n{ru}", "en": f"\nBy clause:\n{en}"}


def opened(entry: Entry) -> Iterator[Notice]:
    """Those whose stages this very decision opened; each is told once, when their turn comes."""
    stages = entry.facts.get("opened", [])
    rows = Holder.objects.filter(promise__stage__in=stages, rank_at__isnull=False)
    seen = set()
    for user, stage, ru, en, due in rows.values_list(
        "employee__user",
        "promise__stage",
        "promise__words_ru",
        "promise__words_en",
        "promise__due_at",
    ):
        if (user, stage) not in seen:
            seen.add((user, stage))
            until = {language: until_when(due, entry.at, language) for language in ("ru", "en")}
            words = {
                "ru": f"Ваш этап: «{ru}»{until['ru']}.",
                "en": f"Your stage: “{en}”{until['en']}.",
            }
            yield Notice(user, "contract_task", f"/desk/stages/{stage}/", words=words)


def together(*some: Told) -> Told:
    def told(entry: Entry) -> Iterator[Notice]:
        seen: set[int] = set()
        for one in some:
            for notice in one(entry):
                if notice.user_id is not None and notice.user_id not in seen:
                    seen.add(notice.user_id)
                    yield notice

    return told


def its_lead(entry: Entry) -> Iterator[Notice]:
    """A second return of an unchanged clause is shown to the lead."""
    lead = entry.facts.get("lead")
    if lead:
        yield Notice(lead, "contract_again", f"/desk/contracts/{entry.facts['contract']}/")


def writer_of_change(entry: Entry) -> Iterator[Notice]:
    writer = entry.facts.get("writer")
    if writer:
        yield Notice(writer, "contract_answers", f"/room/contracts/{entry.facts['contract']}/")


def told_of_comment(entry: Entry) -> Iterator[Notice]:
    """A comment for both sides reaches the other side; one of ours, those who hold the contract."""
    audience = entry.audience
    if audience == "theirs":
        yield from the_clients("contract_comment")(entry)
    elif entry.facts.get("side") == "theirs":
        yield from together(its_owner("contract_comment"), its_holders("contract_comment"))(entry)
    elif audience == "both":
        yield from the_clients("contract_comment")(entry)
    else:
        yield from together(its_owner("contract_comment"), its_holders("contract_comment"))(entry)


def whose_turn(entry: Entry) -> Iterator[Notice]:
    """Those whose signature is awaited from this moment on."""
    rows = Signatory.objects.filter(pk__in=entry.facts.get("turns", []))
    due = dict(rows.values_list("user", "promise__due_at"))
    for notice in _signatories(rows, "contract_sign", "signing/"):
        until = {
            one: _signed_by(due.get(notice.user_id or 0), entry.at, one) for one in ("ru", "en")
        }
        yield replace(notice, words=until)


def _signed_by(due: datetime | None, now: datetime, language: str) -> str:
    until = dated_when(due, now, language, zone_of(current_firm())) if due else ""
    if language == "ru":
        return f"Ждём вашей подписи до {until}." if until else "Ждём вашей подписи."
    return f"Your signature is awaited by {until}." if until else "Your signature is awaited."


def its_signatories(purpose: str) -> Told:
    """Everybody who signs this time."""

    def told(entry: Entry) -> Iterator[Notice]:
        rows = Signatory.objects.filter(signing=entry.facts["signing"])
        yield from _signatories(rows, purpose, "")

    return told


def _signatories(rows: QuerySet[Signatory], purpose: str, tail: str) -> Iterator[Notice]:
    for user, side, contract in rows.values_list("user", "side", "signing__contract"):
        door = "room" if side == "theirs" else "desk"
        yield Notice(user, purpose, f"/{door}/contracts/{contract}/{tail}")


def room_owners(purpose: str) -> Told:
    """The owners of the client's room: they say who signs for it."""

    def told(entry: Entry) -> Iterator[Notice]:
        contract = entry.facts["contract"]
        client = Case.objects.values_list("client", flat=True).get(pk=contract)
        owners = Contact.objects.with_access().of_whole(client).filter(role=RoomRole.OWNER)
        for user in owners.values_list("user", flat=True).distinct():
            yield Notice(user, purpose, f"/room/contracts/{contract}/signing/")

    return told


def told_of_original(entry: Entry) -> Iterator[Notice]:
    """The other side: what was sent to the client is theirs to sign, what comes from them ours to
    await.
    """
    if entry.facts.get("side") == "ours":
        yield from the_clients("contract_news")(entry)
    else:
        yield from its_owner("contract_news")(entry)
