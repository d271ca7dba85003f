"""Signing begins: the number is given, the text is fixed, each side's turn is promised."""

import hashlib
from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied

from tests.contracts.signing import agreed, begun, side
from tests.contracts.worlds import AT, DAY, HOUR, fresh_contract, kinds, last_entry, sent, told
from zabota.cases.models import Case, Holder
from zabota.common.files import read_file
from zabota.contracts.actions import begin_signing
from zabota.contracts.models import Contract, Signing
from zabota.contracts.reading.signing import fixed_text
from zabota.home.world import World
from zabota.outreach.actions import announce_entries
from zabota.outreach.models import Message
from zabota.outreach.render import render_mail
from zabota.people.actions import grant_power
from zabota.people.models import Power, User
from zabota.people.refusal import Refused


def test_the_text_is_fixed_with_its_number_and_both_are_asked(world: World) -> None:
    signing = begun(world)
    contract = fresh_contract(signing.contract)
    assert contract.case.state == "signing"
    assert contract.registered_number
    assert kinds(contract)[-2:] == ["registered", "signing_begun"]
    data = read_file(signing.pdf)
    assert hashlib.sha256(data).hexdigest() == signing.pdf.digest
    again = fixed_text(contract, world.as_staff("manager"), world.firm)
    assert again.digest == signing.digest
    ours, theirs = side(signing, "ours"), side(signing, "theirs")
    assert (theirs.promise.state, theirs.promise.due_at) == ("running", signing.lapses_at)  # type: ignore[union-attr]
    assert ours.promise is not None
    assert ours.promise.state == "planned"
    assert Holder.objects.get(promise=ours.promise).employee == world.staff["director"]
    assert contract.client_turn == theirs.promise
    assert told("contract.signing_begun") == [("anna", "contract_sign")]
    entry = last_entry("contract.signing_begun")
    assert entry.facts["digest"] == signing.digest
    assert (signing.lapses_at - AT) > timedelta(days=13)


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("ru", "Ждём вашей подписи до 1\xa0декабря, 23:59."),
        ("en", "Your signature is awaited by 1\xa0December, 23:59."),
    ],
)
def test_the_letter_says_whose_signature_is_awaited_until_when(
    world: World, language: str, said: str
) -> None:
    begun(world)
    User.objects.filter(pk=world.as_guest("anna").user.pk).update(language=language)
    announce_entries(by=None, at=AT + HOUR)
    (asked,) = Message.objects.filter(purpose="contract_sign")
    assert said in render_mail(asked, [asked], AT + HOUR).text


def test_a_number_given_before_stays(world: World) -> None:
    contract = agreed(world)
    Contract.objects.filter(pk=contract.pk).update(registered_number="Д-7")
    signing = begun(world, contract)
    assert fresh_contract(signing.contract).registered_number == "Д-7"
    assert "registered" not in kinds(contract)


def test_we_first_and_in_any_order(world: World) -> None:
    first = begun(world, order="ours")
    assert side(first, "ours").promise.state == "running"  # type: ignore[union-attr]
    assert side(first, "theirs").promise.state == "planned"  # type: ignore[union-attr]
    assert told("contract.signing_begun") == [("director", "contract_sign")]
    assert fresh_contract(first.contract).client_turn is None
    both = begun(world, order="any")
    assert {side(both, name).promise.state for name in ("ours", "theirs")} == {"running"}  # type: ignore[union-attr]


def test_only_an_agreed_one_and_only_once(world: World) -> None:
    with pytest.raises(PermissionDenied):
        begun(world, sent(world))
    signing = begun(world)
    with pytest.raises(PermissionDenied):
        begun(world, signing.contract)


@pytest.mark.parametrize("who", ["lawyer", "stranger", "alien", "vera", "boris"])
def test_others_do_not_begin(world: World, who: str) -> None:
    contract = agreed(world)
    by = world.as_staff(who) if who in world.staff else world.as_guest(who)
    with pytest.raises(PermissionDenied):
        begin_signing(
            contract, by=by, at=AT, ours=[world.staff["director"]], theirs=[world.guests["anna"]]
        )


def test_the_client_begins_by_itself_with_codes_only(world: World) -> None:
    contract, by = agreed(world), world.as_guest("anna")
    told_who = {"ours": [world.staff["director"]], "theirs": [world.guests["anna"]]}
    for more in ({"way": "paper"}, {"order": "ours"}):
        with pytest.raises(PermissionDenied):
            begin_signing(contract, by=by, at=AT, **told_who, **more)  # type: ignore[arg-type]
    begin_signing(contract, by=by, at=AT, **told_who)  # type: ignore[arg-type]
    assert told("contract.signing_begun") == [("manager", "contract_news")]


def test_a_power_to_sign_has_a_limit_a_currency_and_a_term(world: World) -> None:
    contract = agreed(world)
    finance = world.staff["finance"]
    with pytest.raises(Refused) as nothing:
        begun(world, contract, ours=finance)
    assert nothing.value.code == "no_power", "without a sum only a power without limit reaches"
    Contract.objects.filter(pk=contract.pk).update(sum=Decimal("500000.01"))
    with pytest.raises(Refused):
        begun(world, contract, ours=finance)
    Contract.objects.filter(pk=contract.pk).update(sum=Decimal(500_000), currency="USD")
    with pytest.raises(Refused):
        begun(world, contract, ours=finance)
    Contract.objects.filter(pk=contract.pk).update(currency="RUB")
    power = Power.objects.get(employee=finance, kind="sign")
    Power.objects.filter(pk=power.pk).update(valid_until=AT)
    with pytest.raises(Refused):
        begun(world, contract, ours=finance)
    Power.objects.filter(pk=power.pk).update(valid_until=None)
    assert begun(world, contract, ours=finance).state == "open"


def test_an_administrator_has_no_power_to_sign_by_that(world: World) -> None:
    director = world.staff["director"]
    Power.objects.filter(employee=director, kind="sign").update(revoked_at=AT)
    with pytest.raises(Refused):
        begun(world)
    grant_power(director, "sign", by=None, at=AT)
    assert begun(world).state == "open"


@pytest.mark.parametrize("who", ["vera", "boris", "alien"])
def test_who_does_not_sign_for_the_client_is_refused(world: World, who: str) -> None:
    with pytest.raises(Refused) as refused:
        begun(world, theirs=world.guests[who])
    assert refused.value.code == "does_not_sign"


@pytest.mark.parametrize("days", [-1, 181])
def test_the_last_day_is_ahead_and_not_far(world: World, days: int) -> None:
    with pytest.raises(Refused) as refused:
        begun(world, lapses_on=(AT + days * DAY).date())
    assert refused.value.code == "bad_lapse"
    assert not Signing.objects.exists()


def test_the_signatory_of_ours_sees_the_contract(world: World) -> None:
    contract = agreed(world)
    Contract.objects.filter(pk=contract.pk).update(sum=1)
    logist = world.staff["logist1"]
    grant_power(logist, "sign", by=None, at=AT, limit=Decimal(10))
    assert not Case.objects.visible_to(world.as_staff("logist1")).filter(pk=contract.pk).exists()
    begun(world, contract, ours=logist, at=AT + HOUR)
    assert Case.objects.visible_to(world.as_staff("logist1")).filter(pk=contract.pk).exists()
