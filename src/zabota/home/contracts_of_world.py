"""The sample firm's contracts, at several stages."""

from datetime import UTC, datetime, timedelta

from zabota.common.working_time import add, subtract
from zabota.contracts.actions import (
    approve_stage,
    submit_contract,
)
from zabota.contracts.models import Stage
from zabota.home.in_world import World, begin, reword
from zabota.people.firm import calendar_of


def build_contracts(world: World, at: datetime) -> None:
    """Contracts at several stages: agreed, before the lawyer with changes, a fresh draft, one in
    English.
    """
    start = working_morning(at - timedelta(days=6))
    agreed = begin(world, "nda-ru", "anna", start)
    submit_contract(agreed, by=world.as_guest("anna"), at=start)
    world.contracts["agreed"] = agreed
    for concern, key in (("general", "manager"), ("legal", "lawyer")):
        stage = Stage.objects.filter(contract=agreed, concern=concern).first()
        if stage is not None:
            start += timedelta(hours=2)
            approve_stage(stage.pk, by=world.as_staff(key), at=start)
    _under_review(world, at)
    world.contracts["draft"] = begin(world, "services-ru", "boris", at - timedelta(hours=3))
    sent = subtract(calendar_of(world.firm), at, timedelta(hours=1))
    english = begin(world, "supply-en", "john", sent)
    submit_contract(english, by=world.as_guest("john"), at=sent)
    world.contracts["english"] = english


def _under_review(world: World, at: datetime) -> None:
    """A supply contract whose two clauses the client changed, standing before the lawyer."""
    calendar = calendar_of(world.firm)
    start = subtract(calendar, at, timedelta(hours=5))
    by = world.as_guest("anna")
    contract = begin(world, "supply-ru", "anna", start)
    reword(contract, "3.3", lambda text: text.replace("не позднее", "не позже"), by=by, at=start)
    reword(
        contract,
        "7.2",
        lambda text: text.rstrip(".") + ", но в любом случае не более 10 (десяти) процентов.",
        by=by,
        at=start,
        reason="Так принято в наших договорах.",
    )
    submit_contract(
        contract,
        by=by,
        at=start,
        needed_by=(at + timedelta(days=8)).date(),
        client_number="77/2026",
    )
    manager = Stage.objects.get(contract=contract, concern="general")
    approve_stage(
        manager.pk,
        by=world.as_staff("manager"),
        at=add(calendar, start, timedelta(hours=2)),
    )
    world.contracts["review"] = contract


def working_morning(at: datetime) -> datetime:
    """Ten in the morning in Moscow of that day, or of the Friday before a weekend."""
    back = max(0, at.weekday() - 4)
    return (
        (at - timedelta(days=back))
        .astimezone(UTC)
        .replace(hour=7, minute=0, second=0, microsecond=0)
    )
