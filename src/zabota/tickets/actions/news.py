"""News while it goes on: the client of an open request hears from a person every so often."""

from collections.abc import Iterable
from datetime import datetime
from typing import Final

from zabota.cases.actions import drop_promise, keep_promise, lay_promise, pause_promise
from zabota.cases.models import Pause, Promise, PromiseState
from zabota.cases.moments import TICKET_NEWS
from zabota.common.prepared import PreparedUpdate
from zabota.common.questions import One, Question
from zabota.journal.reading import moment_ref
from zabota.people.firm import calendar_of, current_firm
from zabota.tickets.actions.held import UNDER_WAY
from zabota.tickets.models import ServiceLevel, Ticket, TicketState

NEWS_WORDS: Final = ("Следующая весть", "Next news")


def news_told(whole: Iterable[Ticket], *, by: object, at: datetime) -> list[Promise]:
    """A person has spoken to the client: what was promised of news is kept, of every request that
    is one with it.
    """
    open_now = _open_news(whole)
    run_to_the_end(open_now, at=at)
    return [keep_promise(one, by=by, at=at) for one in open_now]


def no_more_news(ticket: Ticket, *, by: object, at: datetime) -> list[Promise]:
    """It is over: the next news is not needed; what was late with it stays late."""
    open_now = _open_news([ticket])
    run_to_the_end(open_now, at=at)
    return [drop_promise(one, by=by, at=at) for one in open_now]


def promise_news(ticket: Ticket, *, by: object, at: datetime, asked: str = "") -> Promise | None:
    """From this word of ours to the next one: by the speed of the request, while it is open. Where
    we `asked` the client something its clock stands with the others, until they answer.
    """
    minutes = None
    if ticket.case.state != TicketState.DONE:
        (minutes,) = _how_often(priority=str(ticket.priority))
    if minutes is None:
        return None
    news = lay_promise(
        ticket.case, TICKET_NEWS, by=by, at=at,
        words=NEWS_WORDS, minutes=minutes, calendar=calendar_of(current_firm()),
    )  # fmt: skip
    if asked:
        pause_promise(news, by=by, at=at, asked=asked)
        news.save(update_fields=["state"])
    ticket.news = news
    _point_to(ticket.pk, news.pk)
    return news


def promise_what_lacks(ticket: Ticket, *, by: object, at: datetime) -> Promise | None:
    """A request that stands by itself again, answered while it was one with another: its client
    hears of it, too.
    """
    if ticket.reply.state != PromiseState.KEPT or _open_news([ticket]):
        return None
    stands = Pause.objects.filter(promise=ticket.solution, ended_at=None).first()
    return promise_news(ticket, by=by, at=at, asked=stands.asked if stands else "")


def run_to_the_end(promises: Iterable[Promise], *, at: datetime) -> None:
    """Clocks that stand run again, moved by just the time they stood: their promises are over."""
    standing = {one.pk: one for one in promises if one.state == PromiseState.PAUSED}
    for pause in Pause.objects.filter(promise__in=standing, ended_at=None) if standing else ():
        pause.ended_at = at
        pause.save(update_fields=["ended_at"])
        promise = standing[pause.promise_id]
        if promise.due_at is not None:
            promise.due_at += at - pause.started_at


def _open_news(whole: Iterable[Ticket]) -> list[Promise]:
    news = (one.news for one in whole)
    return [one for one in news if one is not None and one.state in UNDER_WAY]


_how_often = Question(
    lambda priority: ServiceLevel.objects.filter(priority=priority).values_list(
        "news_minutes", flat=True
    ),
    priority=One(),
)
_point_to = PreparedUpdate(lambda ticket, news: (Ticket.objects.filter(pk=ticket), {"news": news}))


def next_news(ticket: Ticket) -> dict[str, str] | None:
    """By when the client hears from us again, as an entry keeps it."""
    news = ticket.news
    if news is None or news.state != PromiseState.RUNNING or news.due_at is None:
        return None
    return moment_ref(news.due_at)
