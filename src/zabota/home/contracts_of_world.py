"""The sample firm's contracts, at several stages."""

from datetime import UTC, datetime, timedelta

from zabota.clients.access import RoomViewer
from zabota.common.working_time import add, subtract
from zabota.contracts.actions import (
    Authority,
    approve_stage,
    ask_signing_code,
    begin_signing,
    sign_contract,
    submit_contract,
)
from zabota.contracts.models import Contract, Stage
from zabota.home.in_world import World, begin, reword
from zabota.people.access import StaffViewer
from zabota.people.firm import calendar_of
from zabota.people.models import SignInCode
from zabota.people.sign_in import code_digits


def build_contracts(world: World, at: datetime) -> None:
    """Contracts at several stages: agreed, before the lawyer with changes, a fresh draft, one in
    English, one signed and one that waits for our signature.
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
    for key, days in (("signed", 5), ("signing", 4)):
        world.contracts[key] = _agreed_nda(world, working_morning(at - timedelta(days=days)))
        _sign(world, world.contracts[key], at, to_the_end=key == "signed")


def _agreed_nda(world: World, start: datetime) -> Contract:
    """One more agreement on secrecy, passed by our manager and lawyer in a day."""
    contract = begin(world, "nda-ru", "anna", start)
    submit_contract(contract, by=world.as_guest("anna"), at=start)
    for concern, key in (("general", "manager"), ("legal", "lawyer")):
        stage = Stage.objects.get(contract=contract, concern=concern)
        start += timedelta(hours=1)
        approve_stage(stage.pk, by=world.as_staff(key), at=start)
    return contract


def _sign(world: World, contract: Contract, at: datetime, *, to_the_end: bool) -> None:
    """The client signs by a code first; then it is with our director, who signs or has yet to."""
    calendar = calendar_of(world.firm)
    asked = subtract(calendar, at, timedelta(hours=3))
    signing = begin_signing(
        contract,
        by=world.as_staff("manager"),
        at=asked,
        ours=[world.staff["director"]],
        theirs=[world.guests["anna"]],
    )
    people: dict[str, StaffViewer | RoomViewer] = {
        "theirs": world.as_guest("anna"),
        "ours": world.as_staff("director"),
    }
    for hours, side in enumerate(("theirs", "ours") if to_the_end else ("theirs",), start=1):
        row = signing.signatories.get(side=side)
        when = add(calendar, asked, timedelta(hours=hours))
        ask_signing_code(row, Authority("charter"), by=people[side], at=when, accepts=True)
        code = SignInCode.objects.filter(user=row.user).latest("pk")
        sign_contract(row, code_digits(code), by=people[side], at=when)


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
