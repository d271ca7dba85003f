"""The worker: one list of what runs when. `run_once` does what is due now and says how much it
did.
"""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django.db.models import DateTimeField, DurationField, ExpressionWrapper, F, Q, Value

from zabota.cases.actions import (
    escalate_promise,
    measure_promises,
    raise_unexplained,
    rank_by_worth,
    warn_of_promise,
)
from zabota.cases.models import Explanation, Promise, PromiseState
from zabota.clients.actions import carry_on_import, fit_daily, look_for_same, reckon_daily
from zabota.contracts.actions import lapse_signing
from zabota.contracts.actions.search import gather_said
from zabota.contracts.models import Signing, SigningState, Way
from zabota.contracts.reading.now import registered_numbers, with_whom_now
from zabota.goodwill.actions import lapse_gifts, measure_gifts, open_allowances, open_review
from zabota.home.holds.work import check_holds, lapse_holds, warn_of_holds
from zabota.home.models import Reacted, ReactionMark
from zabota.home.reactions import REACTIONS, name_of
from zabota.journal.models import Entry
from zabota.loyalty.actions import earn_birthdays, look_after_expiry
from zabota.orders.actions import end_warranties, find_delays, match_again
from zabota.orders.models import Payment
from zabota.outreach.actions import announce_entries, send_waiting
from zabota.outreach.digest import Known
from zabota.people.actions import lapse_trainings, turn_absences
from zabota.people.firm import NoFirm, current_firm
from zabota.referrals.actions.thanks import thank_for_referrals
from zabota.tickets.actions import ask_verdicts
from zabota.tickets.actions.drills import bring_drills, miss_drills
from zabota.tickets.actions.known_words import keep_words
from zabota.tickets.actions.on_call import call_on_duty
from zabota.tickets.actions.snooze import wake_tickets
from zabota.voice.actions.deliver import carry_on_deliveries
from zabota.voice.actions.feeds import read_feeds

log = logging.getLogger(__name__)

BATCH: Final = 200
# A promise is in danger when less of its time is left than this share of what was given.
WARN_AT = 0.25
# Of a long promise nobody needs to hear weeks before.
WARN_WITHIN = timedelta(days=2)

type Work = Callable[[datetime], int]


def run_once(at: datetime, *, quick: bool = False) -> int:
    """Do everything that is due; `quick` only what somebody waits for. A fault in one kind of work
    is logged and does not stop the others.
    """
    try:
        current_firm()
    except NoFirm:
        return 0
    done = 0
    for work in QUICK if quick else WORK:
        try:
            done += work(at)
        except Exception:
            log.exception("work %s failed and will be tried again", work.__name__)
    return done


def begin_and_end_absences(at: datetime) -> int:
    """Absences and substitutions whose time has come; passed drills that are too old now."""
    return turn_absences(by=None, at=at) + lapse_trainings(by=None, at=at)


def react(at: datetime) -> int:
    """What follows new entries in upper apps: each action once per entry, by a unique row."""
    mark, _ = ReactionMark.objects.get_or_create(pk=1)
    kinds = {kind for kind, _ in REACTIONS}
    entries = list(Entry.objects.filter(pk__gt=mark.upto).order_by("pk")[:BATCH])
    # An entry is visible only when its transaction ended; a lower id may still be under way, so
    # the mark stays behind what is younger than a minute.
    settled = [entry.pk for entry in entries if entry.at < at - timedelta(minutes=1)]
    done, stuck = 0, entries[-1].pk + 1 if entries else 0
    for entry in entries:
        if entry.kind not in kinds:
            continue
        try:
            done += react_to(entry, at)
        except Exception:
            # It is tried again next time; what follows other entries does not wait for it.
            log.exception("what follows entry %s failed and will be tried again", entry.pk)
            stuck = min(stuck, entry.pk)
    settled = [pk for pk in settled if pk < stuck]
    if settled:
        ReactionMark.objects.filter(pk=1, upto__lt=settled[-1]).update(upto=settled[-1])
    return done


def react_to(entry: Entry, at: datetime) -> int:
    """What follows one entry, now: whoever waits for it need not wait for the worker."""
    done = 0
    for kind, action in REACTIONS:
        if kind != entry.kind:
            continue
        name = name_of(action)
        if Reacted.objects.filter(entry=entry, action=name).exists():
            continue
        with transaction.atomic():
            _, first = Reacted.objects.get_or_create(entry=entry, action=name, defaults={"at": at})
            if first:
                action(entry, by=None, at=at)
                done += 1
    return done


def lapse_signings(at: datetime) -> int:
    """Signings by codes whose last day is over; what is in the post is not given up by itself."""
    waiting = Signing.objects.filter(state=SigningState.OPEN, way=Way.CODE)
    over = waiting.filter(lapses_at__lte=at).order_by("pk")
    return sum(lapse_signing(signing, by=None, at=at) for signing in over[:BATCH])


def announce(at: datetime) -> int:
    """Entries become stored messages."""
    return announce_entries(by=None, at=at)


def send(at: datetime) -> int:
    """Stored messages leave."""
    return send_waiting(by=None, at=at, known=Known(with_whom_now, registered_numbers))


def warn_of_danger(at: datetime) -> int:
    """Promises with a quarter of their time left: the lead is told while it can still be mended."""
    running = Promise.objects.filter(state=PromiseState.RUNNING, warned_at=None, turn="ours")
    near = running.filter(due_at__gt=at, due_at__lt=at + WARN_WITHIN)
    share = ExpressionWrapper((F("due_at") - F("started_at")) * WARN_AT, DurationField())
    left = ExpressionWrapper(F("due_at") - Value(at, DateTimeField()), DurationField())
    # Told by the database, so that those in danger are found among any number that are not.
    danger = near.annotate(left=left, share=share).filter(left__lt=F("share"))
    return sum(
        warn_of_promise(promise, by=None, at=at) for promise in danger.order_by("due_at")[:BATCH]
    )


def escalate_broken(at: datetime) -> int:
    """Promises whose moment has passed: the lead is told, once."""
    broken = Promise.objects.filter(
        Q(due_at__lt=at), state=PromiseState.RUNNING, escalated_at=None, turn="ours"
    )
    return sum(escalate_promise(promise, by=None, at=at) for promise in broken[:BATCH])


def raise_what_is_unexplained(at: datetime) -> int:
    """Broken promises nobody explained within a working hour: the director has them, too."""
    late = Explanation.objects.waiting().filter(raised_at=None, asked__due_at__lt=at)
    found = late.select_related("asked", "promise").order_by("pk")
    return sum(raise_unexplained(one, by=None, at=at) for one in found[:BATCH])


def measure_what_is_over(at: datetime) -> int:
    """How long promises took, for reports."""
    return measure_promises(by=None, at=at)


def gather_words(at: datetime) -> int:
    """Contracts and requests that cannot be found yet, or not by half a word."""
    return gather_said(by=None, at=at) + keep_words(by=None, at=at)


def find_same_clients(at: datetime) -> int:
    """New and changed cards that may be a client there is already."""
    return look_for_same(by=None, at=at)


def call_whoever_is_on_duty(at: datetime) -> int:
    """Escalations out of hours that nobody has taken up: the next on call is called."""
    return call_on_duty(by=None, at=at)


def wake_what_was_put_aside(at: datetime) -> int:
    """Requests whose moment has come stand in Today again."""
    return wake_tickets(by=None, at=at)


def bring_exercises(at: datetime) -> int:
    """Drills whose moment has come; those that nobody played in time."""
    return bring_drills(by=None, at=at) + miss_drills(by=None, at=at)


def ask_whether_it_helped(at: datetime) -> int:
    """Clients whose request ended are asked once whether it helped."""
    return ask_verdicts(by=None, at=at)


def thank_for_recommending(at: datetime) -> int:
    """Whoever recommended us and whoever came, once the goods have stayed."""
    return thank_for_referrals(by=None, at=at)


def take_in_tables(at: datetime) -> int:
    """Tables of clients and purchases that somebody brought."""
    return carry_on_import(by=None, at=at)


def gather_mentions(at: datetime) -> int:
    """Mentions that sources brought, and feeds that are due."""
    return carry_on_deliveries(by=None, at=at) + read_feeds(by=None, at=at)


def reckon_clients(at: datetime) -> int:
    """What clients are worth, once a day."""
    return reckon_daily(by=None, at=at)


def keep_budgets_of_care(at: datetime) -> int:
    """Everybody has a budget for the period that runs; codes nobody took in time are free again."""
    return open_allowances(by=None, at=at) + lapse_gifts(by=None, at=at)


def learn_who_comes_back(at: datetime) -> int:
    """The model of purchases, once a day where anything was bought."""
    return fit_daily(by=None, at=at)


def see_what_gifts_brought(at: datetime) -> int:
    """What gifts brought, once a day; budgets are reviewed when a period is over."""
    return measure_gifts(by=None, at=at) + open_review(by=None, at=at)


def rank_today(at: datetime) -> int:
    """Today follows what clients are worth."""
    return rank_by_worth(by=None, at=at)


def look_after_points(at: datetime) -> int:
    """Points for birthdays; points that end are told of, or end."""
    return earn_birthdays(by=None, at=at) + look_after_expiry(by=None, at=at)


def find_late_orders(at: datetime) -> int:
    """Lines of orders that will be late open a delay, before the client asks."""
    return find_delays(by=None, at=at)


def end_what_was_warranted(at: datetime) -> int:
    """Warranties that have lasted."""
    return end_warranties(by=None, at=at)


def match_payments(at: datetime) -> int:
    """Payments that came before their invoice, while they are young."""
    free = Payment.objects.filter(
        set_aside_at=None, back=False, free=F("sum"), at__gt=at - timedelta(days=30)
    ).exclude(allocations__isnull=False)
    found = free.exclude(client=None).order_by("pk")[:BATCH]
    return sum(match_again(one, by=None, at=at) for one in found)


WORK: tuple[Work, ...] = (
    begin_and_end_absences,
    wake_what_was_put_aside,
    bring_exercises,
    react,
    call_whoever_is_on_duty,
    end_what_was_warranted,
    find_late_orders,
    match_payments,
    lapse_holds,
    warn_of_holds,
    check_holds,
    warn_of_danger,
    escalate_broken,
    raise_what_is_unexplained,
    lapse_signings,
    ask_whether_it_helped,
    look_after_points,
    thank_for_recommending,
    announce,
    send,
    measure_what_is_over,
    gather_words,
    find_same_clients,
    take_in_tables,
    gather_mentions,
    reckon_clients,
    learn_who_comes_back,
    rank_today,
    keep_budgets_of_care,
    see_what_gifts_brought,
)
# What somebody sits and waits for: done every second. The rest follows when one of these did
# anything, and every few seconds.
QUICK: tuple[Work, ...] = (react, announce, send, take_in_tables)
