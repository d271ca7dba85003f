"""Who gets a request first, and why: the firm's rules, then the kind's team and what it takes, then
the one who knows the client, then whoever is at the desk and has the least to do.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.db.models import Count, F, Max, Q

from zabota.clients.models import Client
from zabota.common.questions import One, Question
from zabota.people.firm import current_firm
from zabota.people.models import Absence, Employee, Presence, Skill, Substitution, Team
from zabota.tickets.models import ReceivingRule, Ticket, TicketState, TicketType, Why
from zabota.tickets.priorities import Came, looks_like

# Whoever was seen this long ago counts as being at the desk.
AT_DESK: Final = timedelta(minutes=15)


@dataclass(frozen=True)
class Taker:
    """Who is in charge until somebody takes it, for which team, why, by which rule."""

    owner: Employee
    team: Team | None
    why: str
    rule: ReceivingRule | None = None


def standing_receiving_rules() -> list[ReceivingRule]:
    """Those that count now, the first first."""
    rows = ReceivingRule.objects.filter(closed_at=None)
    return list(rows.select_related("type", "team", "employee__user").order_by("pk"))


def who_takes(
    kind: TicketType, client: Client, came: Came, language: str, *, at: datetime
) -> Taker:
    """Of those who are here; `language` is what the client reads."""
    away = set(Absence.objects.standing(at).values_list("employee", flat=True))
    rules = standing_receiving_rules()
    rule = next((one for one in rules if receives(one, came, away)), None)
    if rule is not None and rule.employee is not None:
        return Taker(rule.employee, None, Why.NAMED, rule)
    team = (rule.team if rule else None) or _open(kind.team)
    needed = _needed(kind, language)
    if team is None and not needed:
        return _of_client(client, None, away, at)
    pool = _here(team, away, needed)
    if not pool:
        return _of_client(client, team, away, at, rule)
    if client.owner in pool:
        return Taker(client.owner, team, Why.KNOWS, rule)
    seen = Presence.objects.filter(employee__in=pool, at__gt=at - AT_DESK)
    at_desk = set(seen.values_list("employee", flat=True))
    present = [one for one in pool if one.pk in at_desk]
    return Taker((present or pool)[0], team, Why.LEAST if present else Why.TEAM, rule)


def receives(rule: ReceivingRule, came: Came, away: Iterable[int] = ()) -> bool:
    """Whether a request looks like this, and whoever the rule names is here to get it."""
    if rule.employee is not None:
        if rule.employee.dismissed_at is not None or rule.employee.pk in set(away):
            return False
    elif _open(rule.team) is None:
        return False
    return looks_like(rule, came) and rule.channel in ("", came.channel)


def _open(team: Team | None) -> Team | None:
    return team if team is not None and team.closed_at is None else None


def _needed(kind: TicketType, language: str) -> set[int]:
    """What it takes: the kind's skills; the client's language, where it is not the firm's own."""
    standing = Skill.objects.filter(closed_at=None)
    needed = Q(pk__in=kind.skills.values("pk"))
    if language and language != current_firm().language:
        needed |= Q(language=language)
    return set(standing.filter(needed).values_list("pk", flat=True))


def _here(team: Team | None, away: set[int], needed: set[int]) -> list[Employee]:
    """Those of the team who are not away and know most of what it takes (without a team, only those
    who know all of it): who has the fewest unfinished requests first, of equals whoever waits
    longest.
    """
    unfinished = Q(cases__kind="ticket", cases__root=None) & ~Q(cases__state=TicketState.DONE)
    people = Employee.objects.working().exclude(pk__in=away)
    if team is not None:
        people = people.filter(team=team)
    rows = people.select_related("user", "lead", "place").annotate(
        load=Count("cases", filter=unfinished, distinct=True),
        latest=Max("cases__opened_at", filter=Q(cases__kind="ticket")),
    )
    found = list(rows.order_by("load", F("latest").asc(nulls_first=True), "pk"))
    if not needed:
        return found
    known: dict[int, int] = {}
    for pk in Skill.people.through.objects.filter(
        skill__in=needed, employee__in=[one.pk for one in found]
    ).values_list("employee", flat=True):
        known[pk] = known.get(pk, 0) + 1
    best = max(known.values(), default=0)
    if team is None and best < len(needed):
        return []
    return [one for one in found if known.get(one.pk, 0) == best]


def _of_client(
    client: Client,
    team: Team | None,
    away: set[int],
    at: datetime,
    rule: ReceivingRule | None = None,
) -> Taker:
    """The one who knows the client, while they are here; else who stands in for them, or their
    lead.
    """
    owner = client.owner
    if owner.dismissed_at is None and owner.pk not in away:
        return Taker(owner, team, Why.KNOWS, rule)
    stands = Substitution.objects.standing(at).filter(employee=owner, substitute__dismissed_at=None)
    found = stands.select_related("substitute__user").order_by("pk").first()
    if found is not None:
        return Taker(found.substitute, team, Why.STANDS_IN, rule)
    if owner.lead is not None and owner.lead.dismissed_at is None:
        return Taker(owner.lead, team, Why.LEAD, rule)
    return Taker(owner, team, Why.LEFT, rule)


@dataclass(frozen=True)
class WhyHere:
    """Why it went here first, in words; by which rule, for what it takes."""

    why: str
    rule: ReceivingRule | None
    skills: list[str]


def why_here(ticket: Ticket, language: str, *, skilled: bool) -> WhyHere | None:
    """Nothing of requests that came before it was noted; `skilled` is whether its kind takes
    anything.
    """
    if not ticket.why:
        return None
    known = _skills_of(kind=ticket.type_id) if skilled else []
    skills = [one.name(language) for one in known]
    return WhyHere(str(Why(ticket.why).label), ticket.received_by, skills)


_skills_of = Question(
    lambda kind: Skill.objects.filter(
        pk__in=TicketType.skills.through.objects.filter(tickettype=kind).values("skill"),
        closed_at=None,
    ).order_by("name_ru"),
    kind=One(),
)
