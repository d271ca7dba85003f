"""Who is told of an entry about a request, and what is said first."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime

from django.utils import translation
from django.utils.functional import Promise as LazyText
from django.utils.translation import gettext

from zabota.cases.entries import letter_address
from zabota.cases.models import Case, Holder
from zabota.clients.models import Contact
from zabota.common.formats import dated_when
from zabota.journal.kinds import Notice
from zabota.journal.models import Entry
from zabota.people.firm import current_firm, zone_of
from zabota.tickets.models import Channel, Remark, RemarkFile, Ticket, Watcher
from zabota.tickets.reach import bot_thread, looks_at_chat
from zabota.tickets.who import who_is_told

type Told = Callable[[Entry], Iterator[Notice]]


def those_who_have_it(purpose: str) -> Told:
    """Whoever of ours has an open promise of it; the owner, where nobody has."""

    def told(entry: Entry) -> Iterator[Notice]:
        ticket = entry.facts["ticket"]
        rows = Holder.objects.filter(case=ticket, rank_at__isnull=False).order_by("pk")
        users = list(dict.fromkeys(rows.values_list("employee__user", flat=True)))
        if not users:
            users = list(Case.objects.filter(pk=ticket).values_list("owner__user", flat=True))
        for user in users:
            yield Notice(user, purpose, f"/desk/tickets/{ticket}/")

    return told


def those_who_look_on(purpose: str) -> Told:
    """Colleagues who look on."""

    def told(entry: Entry) -> Iterator[Notice]:
        ticket = entry.facts["ticket"]
        whole = Case.objects.whole_of(ticket).values("pk")
        rows = Watcher.objects.filter(ticket__in=whole, employee__dismissed_at=None).order_by("pk")
        for user in dict.fromkeys(rows.values_list("employee__user", flat=True)):
            yield Notice(user, purpose, f"/desk/tickets/{ticket}/")

    return told


def those_called(purpose: str) -> Told:
    """Colleagues called by name."""

    def told(entry: Entry) -> Iterator[Notice]:
        for user in entry.facts.get("called", ()):
            yield Notice(user, purpose, f"/desk/tickets/{entry.facts['ticket']}/#last")

    return told


def who_wrote(purpose: str, *, even_themselves: bool = False) -> Told:
    """The client's person whose request it is, by letter where they have no account; the letter
    says what we said.
    """

    def told(entry: Entry) -> Iterator[Notice]:
        path = f"/room/tickets/{entry.facts['ticket']}/"
        words = {**_what_next(entry), **_what_we_said(entry), **_what_we_ask(entry)}
        letter = _with_news(words, entry)
        answers = _letter_of(entry) if even_themselves else None
        for contact in _contacts(entry):
            said = Notice(
                None, purpose, path, words=letter, receipt=even_themselves, answers=answers
            )
            yield from _to_them(entry, contact, said, words)

    return told


def _letter_of(entry: Entry) -> int | None:
    """What came by letter or by a form, and is answered by a receipt."""
    came = Remark.objects.filter(
        ticket=entry.facts["ticket"], side="theirs", letter__isnull=False,
        channel__in=(Channel.MAIL, Channel.FORM),
    )  # fmt: skip
    return came.order_by("-pk").values_list("letter", flat=True).first()


def _contacts(entry: Entry) -> list[Contact]:
    """Whose request it is; `also` are those whose requests are one with it from now on."""
    if entry.audience == "ours":
        return []
    named = [one for one in (entry.facts.get("contact"), *entry.facts.get("also", ())) if one]
    here = (
        Contact.objects.filter(pk__in=named, removed_at=None) if named else Contact.objects.none()
    )
    return list(here.select_related("user").order_by("pk"))


def _to_them(
    entry: Entry, contact: Contact, said: Notice, brief: Mapping[str, str]
) -> Iterator[Notice]:
    """The same, by the way this person is spoken to: by a messenger in the `brief` words; whoever
    looks at their chat reads it there.
    """
    channel = _channel(entry, contact)
    thread = bot_thread(contact) if channel == Channel.TELEGRAM else None
    account = contact.user_id if contact.user is not None and contact.user.is_active else None
    if thread is not None:
        files = _files_said(entry)
        yield replace(
            said, user_id=account, address=thread.outer, channel=channel, gate=thread.gate_id,
            files=files, words=brief, answers=None,
        )  # fmt: skip
    elif channel == Channel.CHAT and looks_at_chat(contact, entry.at):
        return
    elif account is not None:
        yield replace(said, user_id=account)
    elif address := letter_address(contact):
        # Somebody without an account is told what they did themselves as anything else.
        yield replace(said, address=address, receipt=False)


def _channel(entry: Entry, contact: Contact) -> str:
    """By which way it is said: the one our own words name, else the one the client used last."""
    said = Remark.objects.filter(ticket=entry.facts["ticket"], audience="both")
    ours = said.filter(pk=entry.facts.get("remark") or 0, side="ours")
    theirs = said.filter(side="theirs").order_by("-pk")
    for rows in (ours, theirs.filter(contact=contact), theirs):
        channel = rows.values_list("channel", flat=True).first()
        if channel:
            return str(channel)
    return ""


def _files_said(entry: Entry) -> tuple[tuple[int, str], ...]:
    rows = RemarkFile.objects.filter(
        remark=entry.facts.get("remark") or 0, remark__side="ours", remark__audience="both"
    )
    return tuple(rows.order_by("pk").values_list("file", "name"))


def _what_we_said(entry: Entry) -> dict[str, str]:
    """Our own words to the client, so that a letter can be answered as it is read."""
    number = entry.facts.get("remark") or 0
    said = Remark.objects.filter(pk=number, side="ours", audience="both")
    text = said.values_list("text", flat=True).first()
    return {"ru": f"\n{text}", "en": f"\n{text}"} if text else {}


def _what_next(entry: Entry) -> dict[str, str]:
    """What happens next and by when; nothing where nothing is promised."""
    due = entry.facts.get("reply_due")
    if due is None:
        return {}
    firm = current_firm()
    zone, at = zone_of(firm), datetime.fromisoformat(due)
    tickets = Ticket.objects.select_related("team", "taken_by__user", "taken_by__team")
    ticket = tickets.get(pk=entry.facts["ticket"])
    said = {}
    for language in ("ru", "en"):
        with translation.override(language):
            who = who_is_told(ticket, firm, language)
            if who:
                who = gettext("Who has it: %(who)s.") % {"who": who} + " "
            said[language] = who + gettext("A person will answer you by %(when)s.") % {
                "when": dated_when(at, entry.at, language, zone)
            }
    return said


def _with_news(words: Mapping[str, str], entry: Entry) -> Mapping[str, str]:
    """A letter also says by when they hear from us again."""
    due = entry.facts.get("news")
    if due is None or not words:
        return words
    zone, at = zone_of(current_firm()), datetime.fromisoformat(due["at"])
    said = {}
    for language, text in words.items():
        with translation.override(language):
            told = gettext("You will hear from us how it goes by %(when)s.") % {
                "when": dated_when(at, entry.at, language, zone)
            }
        said[language] = f"{text}\n\n{told}"
    return said


def _what_we_ask(entry: Entry) -> dict[str, str]:
    """One question, and how it is answered by letter."""
    if "verdict" not in entry.facts:
        return {}
    said = {}
    for language in ("ru", "en"):
        with translation.override(language):
            said[language] = gettext(
                "Did it help? Answer this letter with a word, yes, partly or no, and a number from"
                " 1 to 7: how hard it was to get there with us (1 is easy, 7 is hard)."
            )
    return said


def drill_player(subject: LazyText, *, unless_surprise: bool = False) -> Told:
    """Whoever plays the drill; of a surprise nothing beforehand."""

    def told(entry: Entry) -> Iterator[Notice]:
        if unless_surprise and entry.facts.get("surprise"):
            return
        path = f"/desk/drills/{entry.facts['drill']}/"
        yield Notice(entry.facts["player"], "staff_notice", path, subject)

    return told


def drill_lead(subject: LazyText) -> Told:
    """Whoever planned the drill, else the lead of whoever plays it."""

    def told(entry: Entry) -> Iterator[Notice]:
        user = entry.facts["planned_by"] or entry.facts["lead"]
        if user is not None:
            path = f"/desk/drills/{entry.facts['drill']}/"
            yield Notice(user, "staff_notice", path, subject)

    return told


def together(*told: Told) -> Told:
    """Several, one after another; nobody twice."""

    def all_of(entry: Entry) -> Iterator[Notice]:
        seen: set[int | str] = set()
        for each in told:
            for notice in each(entry):
                whom = notice.user_id or notice.address
                if whom not in seen:
                    seen.add(whom)
                    yield notice

    return all_of
