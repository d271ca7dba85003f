"""Making a mail of stored messages: in the reader's language, codes and links signed at this
moment.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from email.utils import formataddr, parseaddr
from zoneinfo import ZoneInfo

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import gettext, ngettext

from zabota.common.names import numbered
from zabota.journal.reading import Line, read_lines
from zabota.outreach.digest import NOTHING, Item, Known, group_by_case, what_it_asks
from zabota.outreach.models import Gate, Message
from zabota.outreach.purposes import GREETINGS, PURPOSES
from zabota.outreach.tokens import link_token
from zabota.people.firm import current_firm
from zabota.people.models import Employee, Firm
from zabota.people.sign_in import CODE_MINUTES, code_digits, code_link_token


@dataclass(frozen=True)
class Mail:
    """A mail ready to leave."""

    sender: str
    subject: str
    text: str
    html: str


def render_mail(
    first: Message, messages: list[Message], at: datetime, known: Known = NOTHING
) -> Mail:
    """One mail of one or several messages to the same reader."""
    firm = current_firm()
    language = first.to.language if first.to else _spoken(first, firm)
    zone = first.to.zone if first.to else firm.zone
    with translation.override(language), timezone.override(ZoneInfo(zone)):
        items = _items(messages, firm, at, known)
        context = {
            "firm": firm.shown_name,
            "language": language,
            "items": items,
            "groups": group_by_case(messages, items, known.standing, at),
            "code": code_digits(first.code) if first.code else "",
            "minutes": CODE_MINUTES,
            "purpose": first.purpose,
            "facts": first.facts,
            "name": first.to.shown_name if first.to else "",
            "thanks_url": _thanks_url(messages),
        }
        subject = _subject(first, messages, items, firm)
        context["subject"] = subject
        return Mail(
            _sender(firm),
            subject,
            render_to_string("outreach/mail.txt", context).strip() + "\n",
            render_to_string("outreach/mail.html", context),
        )


def _spoken(message: Message, firm: Firm) -> str:
    """In which language somebody without an account is written to: their client's."""
    client = message.case.client if message.case else None
    return client.language if client is not None else firm.language


def render_words(message: Message, gate: Gate, at: datetime, known: Known = NOTHING) -> str:
    """What is said in a conversation: in the language of its reader, else of its gate; about what,
    what happened, where to read on. A greeting says what the bot is for.
    """
    firm = current_firm()
    language = message.to.language if message.to else gate.language
    zone = message.to.zone if message.to else firm.zone
    with translation.override(language), timezone.override(ZoneInfo(zone)):
        if message.purpose in GREETINGS:
            return str(GREETINGS[message.purpose]) % {"firm": firm.shown_name}
        item = _items([message], firm, at, known)[0]
        number = message.case.number if message.case else ""
        head = f"{item.title} {numbered(number)}".strip()
        return "\n".join(line for line in (head, item.sentence, item.url) if line)


def subjects_of(messages: list[Message], firm: Firm, at: datetime) -> dict[int, str]:
    """What each is about, in the present reader's language; a code is never told."""
    items = _items(messages, firm, at)
    return {
        message.pk: _subject(message, [message], [item], firm, code="······") or item.sentence
        for message, item in zip(messages, items, strict=True)
    }


def _sender(firm: Firm) -> str:
    """Who the letter is from: the firm by name, unless the installation names somebody else."""
    name, address = parseaddr(settings.DEFAULT_FROM_EMAIL)
    return formataddr((name or firm.shown_name, address))


def _subject(
    first: Message, messages: list[Message], items: list[Item], firm: Firm, code: str = ""
) -> str:
    several = PURPOSES[first.purpose].several
    if len(messages) > 1 and several and {row.purpose for row in messages} == {first.purpose}:
        return str(several % {"count": len(messages)})
    asking = what_it_asks(messages) if len(messages) > 1 else first
    if asking is None and {(row.purpose, row.case_id) for row in messages} == {
        (first.purpose, None)
    }:
        # Several of one service are about what that service is about.
        asking = first
    if asking is None and len({row.case_id for row in messages} - {None}) == 1:
        return ngettext(
            "%(case)s: %(count)d piece of news",
            "%(case)s: %(count)d pieces of news",
            len(messages),
        ) % {"count": len(messages), "case": items[0].title}
    if asking is None:
        return ngettext(
            "%(firm)s: %(count)d piece of news",
            "%(firm)s: %(count)d pieces of news",
            len(messages),
        ) % {"count": len(messages), "firm": firm.shown_name}
    first = asking
    told = {
        **first.facts,
        "firm": firm.shown_name,
        "case": items[0].title,
        "code": code or (code_digits(first.code) if first.code else ""),
    }
    own = first.facts.get("subject")
    if own and first.case is None:
        words = str(own.get(translation.get_language() or "ru", own["ru"]))
        return f"{firm.shown_name}: {words[:1].lower()}{words[1:]}"
    subject = str(PURPOSES[first.purpose].subject).format_map(told)
    return " ".join(subject.split())[:200]


def _items(messages: list[Message], firm: Firm, at: datetime, known: Known = NOTHING) -> list[Item]:
    entries = [message.entry for message in messages if message.entry is not None]
    masks = _masks(messages, firm)
    lines = {
        line.entry.pk: line
        for line in read_lines(
            entries, now=at, masks=masks, veiled=_to_client(messages), dated=True
        )
    }
    cases = {message.case_id for message in messages if message.case_id}
    numbers = known.numbers(cases) if cases else {}
    return [_item(message, lines, numbers) for message in messages]


def _item(message: Message, lines: dict[int, Line], numbers: Mapping[int, str]) -> Item:
    line = lines.get(message.entry_id or 0)
    sentence = _ended(line.sentence) if line else ""
    words = message.facts.get("words")
    if words:
        said = words.get(translation.get_language() or "ru") or words["ru"]
        sentence = f"{sentence}{'' if said[:1].isspace() else ' '}{said}".strip()
    title, number = str(message.case or ""), numbers.get(message.case_id or 0)
    if message.case and number:
        title = f"{message.case.title} {numbered(number)}"
    return Item(
        title, sentence, _url(message), str(PURPOSES[message.purpose].button), message.made_at
    )


def _ended(sentence: str) -> str:
    """A line of history as a sentence of a letter: with its full stop."""
    return sentence if sentence.rstrip("»”)").endswith((".", "!", "?", "…")) else f"{sentence}."


def _url(message: Message) -> str:
    if message.code is not None and not message.code.about:
        # Each side signs in where it works: the desk and the room may be two hosts.
        ours = getattr(message.code.user, "employee", None) is not None
        door = f"{settings.BASE_URL}/sign-in" if ours else f"{settings.ROOM_URL}/room/sign-in"
        return f"{door}/link/{code_link_token(message.code)}/"
    link = message.facts.get("link")
    tail = f"{link_token(*link)}/" if link else ""
    if message.to is None and message.entry is not None and not link:
        # Somebody without an account has nowhere to go: they answer the letter.
        return ""
    base = settings.ROOM_URL if message.path.startswith(("/room/", "/with/")) else settings.BASE_URL
    return base + message.path + tail


def _thanks_url(messages: list[Message]) -> str:
    """Where a client says thank you for what was done, once a case; signed from the row."""
    done = [row for row in messages if row.case_id and PURPOSES[row.purpose].thanks]
    if not done or (done[0].to is not None and not done[0].path.startswith("/room/")):
        return ""
    return f"{settings.ROOM_URL}/thank/{link_token('thank', done[0].pk)}/"


def _to_client(messages: list[Message]) -> bool:
    return any(message.path.startswith("/room/") for message in messages)


def _masks(messages: list[Message], firm: Firm) -> dict[int, str]:
    """Where the firm shows teams, a client reads the team's name and not the person's."""
    if firm.shows_people or not _to_client(messages):
        return {}
    language = translation.get_language() or "ru"
    return {
        employee.user_id: (
            employee.team.name(language) if employee.team else gettext("our colleague")
        )
        for employee in Employee.objects.select_related("team")
    }
