"""Ready answers: kept, removed, given with what goes along."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, TypedDict

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from zabota.cases.saying import check_text
from zabota.journal.actions import lock_stream, record
from zabota.journal.models import Stream
from zabota.people.access import StaffViewer
from zabota.people.actions.held import held_employee, held_firm
from zabota.people.models import Employee, Team
from zabota.people.refusal import Refused
from zabota.tickets.actions.end import end_ticket
from zabota.tickets.actions.files import Brought
from zabota.tickets.actions.give import give_to_team
from zabota.tickets.actions.take import change_priority
from zabota.tickets.actions.talk import ANSWER, ASK, say_in_ticket
from zabota.tickets.entries import MACRO_CLOSED, MACRO_SET, MACRO_USED
from zabota.tickets.models import Macro, Ticket, TicketState
from zabota.tickets.rules import may_set_macro, may_use_macros


class KeptAnswer(TypedDict):
    """What a ready answer is called, what it says, what is done together with it."""

    name_ru: str
    name_en: str
    text_ru: str
    text_en: str
    priority: str
    team: Team | None
    outcome: str


@transaction.atomic
def set_macro(
    macro: Macro | None,
    kept: KeptAnswer,
    *,
    by: StaffViewer,
    at: datetime,
    owner: Employee | None = None,
) -> Macro:
    """A new answer kept ready, or other words for one; `owner` is whose it is, without one it is
    the firm's. Words that name what cannot be filled in are refused.
    """
    whose = macro.owner if macro is not None else owner
    if not may_set_macro(by, whose, at):
        raise PermissionDenied
    stream = _stream_of(whose)
    if not kept["text_ru"] and not kept["text_en"]:
        raise Refused("says_nothing", _("An answer says something."), field="text_ru")
    for name in ("text_ru", "text_en"):
        check_text(kept[name], name)
    if kept["team"] is not None and kept["team"].closed_at is not None:
        raise Refused("team_closed", _("This team is closed."), field="team")
    if kept["team"] is not None and kept["outcome"]:
        words = _("What is finished is given to nobody: choose one of the two.")
        raise Refused("ends_or_goes", words, field="team")
    if macro is None:
        macro = Macro(owner=whose, made_at=at)
    else:
        macro = Macro.objects.get(pk=macro.pk)
        if all(getattr(macro, name) == value for name, value in kept.items()):
            return macro
    for name, value in kept.items():
        setattr(macro, name, value)
    macro.save()
    record(stream, MACRO_SET, by=by.user.pk, at=at, **_called(macro), mine=whose is not None)
    return macro


@transaction.atomic
def close_macro(macro: Macro, *, by: StaffViewer, at: datetime) -> Macro:
    """It is offered no more; what was said by it stays said."""
    if not may_set_macro(by, macro.owner, at):
        raise PermissionDenied
    stream = _stream_of(macro.owner)
    macro = Macro.objects.get(pk=macro.pk)
    if macro.closed_at is not None:
        raise Refused("macro_closed", _("This answer was removed already."))
    macro.closed_at = at
    macro.save(update_fields=["closed_at"])
    record(stream, MACRO_CLOSED, by=by.user.pk, at=at, **_called(macro))
    return macro


@transaction.atomic
def use_macro(
    ticket: Ticket,
    macro: Macro,
    text: str,
    *,
    by: StaffViewer,
    at: datetime,
    how: str = ANSWER,
    files: Sequence[Brought] = (),
    channel: str = "",
) -> None:
    """The words leave as they were looked through, and what goes along is done by its own verbs:
    urgency, the team, the end. All of it or nothing. Words that do not go to the client are no use
    of a ready answer: nothing goes along with a note or a call written down in its place.
    """
    if not may_use_macros(by):
        raise PermissionDenied
    if how not in (ANSWER, ASK):
        say_in_ticket(ticket, text, by=by, at=at, how=how, files=files, channel=channel)
        return
    if macro.closed_at is not None:
        raise Refused("macro_closed", _("This answer was removed already."))
    _check_use(ticket, macro, how, files)
    if macro.priority:
        reason = macro.name(by.language)
        change_priority(ticket, macro.priority, by=by, at=at, reason=reason)
    if macro.outcome:
        end_ticket(ticket, macro.outcome, text, by=by, at=at)
    else:
        say_in_ticket(ticket, text, by=by, at=at, how=how, files=files, channel=channel)
    if macro.team is not None:
        give_to_team(ticket, macro.team, by=by, at=at)
    stream = lock_stream(ticket.case.stream_id)
    record(stream, MACRO_USED, by=by.user.pk, at=at, ticket=ticket.pk, **_called(macro))


def _check_use(ticket: Ticket, macro: Macro, how: str, files: Sequence[Brought]) -> None:
    """What goes along has to be possible, and meant: a question finishes nothing."""
    if macro.outcome and how != ANSWER:
        words = _("Words that finish a request are an answer to the client: choose “Answer”.")
        raise Refused("not_an_answer", words)
    if macro.outcome and files:
        raise Refused("files_at_end", _("Files do not go with words that finish a request."))
    along = macro.priority or macro.team_id or macro.outcome
    if along and ticket.case.state == TicketState.DONE:
        words = _("The request is finished already: send the words without what goes along.")
        raise Refused("finished", words)


def _stream_of(owner: Employee | None) -> Stream:
    """Where it is remembered: with its owner, or with the firm."""
    held = held_employee(owner.pk) if owner is not None else held_firm()
    return held.stream


def _called(macro: Macro) -> dict[str, Any]:
    return {"macro": macro.pk, "called": {"ru": macro.name("ru"), "en": macro.name("en")}}
