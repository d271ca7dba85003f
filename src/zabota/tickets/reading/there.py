"""What there is to be read of a request beside its words, asked in one statement: most have hardly
any of it, and a page asks no table for nothing.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from django.db.models import Exists, Model, OuterRef, Q, QuerySet, Subquery

from zabota.cases.models import Case, Deviation, Following, Link, Script, Verdict
from zabota.common.questions import One, Question
from zabota.outreach.models import GateKind, Thread
from zabota.tickets.models import (
    Alarm,
    ArticleEdition,
    ArticleState,
    Call,
    FieldValue,
    Looking,
    Macro,
    Remark,
    RemarkFile,
    Ticket,
    TicketType,
    Watcher,
)

# A closed page is forgotten after this.
STILL: Final = timedelta(seconds=30)


@dataclass(frozen=True)
class There:
    """Of which there is something: requests merged into it, files somebody added, what was done
    beyond the rules and told; verdicts, a request it follows from, calls, links, scripts followed,
    answers to its kind's questions, skills its kind takes, colleagues who look on, escalations,
    open pages, a talk with a bot; scripts, ready answers and articles at all. `channel` is what the
    client used last.
    """

    merged: bool
    files: bool
    beyond: bool
    verdicts: bool
    follows: bool
    calls: bool
    links: bool
    followed: bool
    answers: bool
    skills: bool
    watchers: bool
    alarms: bool
    looked: bool
    bot: bool
    scripts: bool
    macros: bool
    articles: bool
    channel: str | None


def what_is_there(ticket: Ticket, at: datetime) -> There:
    """One statement."""
    (row,) = _there(ticket=ticket.pk, since=at - STILL)
    return There(*row)


def _of(model: type[Model], to: str = "ticket", **more: Any) -> Exists:
    return Exists(model._default_manager.filter(**{to: OuterRef("pk")}, **more))


def _row(ticket: int, since: datetime) -> QuerySet[Ticket, tuple[Any, ...]]:
    said = Remark.objects.filter(ticket=OuterRef("pk"), side="theirs", audience="both")
    skills = TicketType.skills.through._default_manager.filter(tickettype=OuterRef("type"))
    bots = Thread.objects.filter(
        contact=OuterRef("contact"), gate__kind=GateKind.TELEGRAM, gate__closed_at=None
    )
    told = Deviation.objects.shown_to_client().filter(case=OuterRef("pk"))
    linked = Q(one=OuterRef("pk")) | Q(other=OuterRef("pk"))
    # In the order of `There`.
    return Ticket.objects.filter(pk=ticket).values_list(
        _of(Case, "root"),
        _of(RemarkFile, "remark__ticket"),
        Exists(told),
        _of(Verdict, "case"),
        _of(Verdict, "followed_by"),
        _of(Call),
        Exists(Link.objects.filter(linked, undone_at=None)),
        _of(Following, "case"),
        _of(FieldValue),
        Exists(skills),
        _of(Watcher),
        _of(Alarm),
        _of(Looking, at__gt=since),
        Exists(bots),
        Exists(Script.objects.filter(closed_at=None)),
        Exists(Macro.objects.filter(closed_at=None)),
        Exists(ArticleEdition.objects.filter(state=ArticleState.PUBLISHED)),
        Subquery(said.order_by("-pk").values("channel")[:1]),
    )


_there = Question(_row, ticket=One(), since=One())
