"""A contract on its way to being signed: agreed, begun, signed by codes."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.utils import timezone

from tests.contracts.worlds import AT, HOUR, approve, fresh_contract, person, route, sent, step
from tests.support.remembered import remembered
from zabota.contracts.actions import Authority, ask_signing_code, begin_signing, sign_contract
from zabota.contracts.models import Contract, Signatory, Signing
from zabota.home.world import World
from zabota.people.models import SignInCode
from zabota.people.sign_in import code_digits

CHARTER = Authority("charter")


@remembered
def agreed(world: World, form: str = "nda-ru", at: datetime = AT) -> Contract:
    """A contract that our lawyer has agreed to."""
    route(world, step("legal", "legal", [person(world, "lawyer")]), form=form)
    contract = sent(world, form, at=at)
    assert approve(world, contract, "legal", "lawyer", at).agreed
    return fresh_contract(contract)


@remembered
def begun(world: World, contract: Contract | None = None, **more: Any) -> Signing:
    """Its signing, begun by our manager: the director signs for us, Anna for the client."""
    contract = contract or agreed(world)
    told = {"ours": world.staff["director"], "theirs": world.guests["anna"], "at": AT + HOUR}
    told |= more
    for name in ("ours", "theirs"):
        told[name] = told[name] if isinstance(told[name], list) else [told[name]]
    return begin_signing(contract, by=world.as_staff("manager"), **told)


def side(signing: Signing, name: str) -> Signatory:
    """Who signs for "ours" or "theirs"."""
    return Signatory.objects.select_related("signing", "promise").get(signing=signing, side=name)


def viewer_of(world: World, row: Signatory) -> Any:
    """Whoever signs, acting."""
    keys = {world.staff["director"].pk: "director", world.staff["finance"].pk: "finance"}
    if row.side == "ours":
        return world.as_staff(keys[row.employee_id or 0])
    return world.as_guest("anna")


def code_for(world: World, row: Signatory, at: datetime, authority: Authority = CHARTER) -> str:
    """The digits that were sent to this signatory now."""
    ask_signing_code(row, authority, by=viewer_of(world, row), at=at, accepts=True)
    return code_digits(SignInCode.objects.filter(user=row.user).latest("pk"))


def sign(world: World, signing: Signing, name: str, at: datetime = AT + 2 * HOUR) -> Signing:
    """This side signs by the code that was sent to it."""
    row = side(signing, name)
    digits = code_for(world, row, at)
    return sign_contract(row, digits, by=viewer_of(world, row), at=at)


@remembered
def signed(world: World, contract: Contract | None = None) -> Signing:
    """Both sides have signed."""
    signing = begun(world, contract)
    sign(world, signing, "theirs")
    return sign(world, signing, "ours", AT + 3 * HOUR)


def today() -> str:
    """The firm's day, as a form takes it."""
    return timezone.localdate(timezone=ZoneInfo("Europe/Moscow")).isoformat()
