"""A signature by a code: the agreement, the authority, the code; the last one puts it in force."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from tests.contracts.signing import CHARTER, begun, code_for, side, sign, signed, viewer_of
from tests.contracts.worlds import AT, HOUR, fresh_contract, kinds, last_entry, told
from zabota.common.files import read_file
from zabota.contracts.actions import Authority, ask_signing_code, sign_contract
from zabota.contracts.models import Contract, SignatureAgreement, Signing
from zabota.contracts.signature_terms import VERSION, terms_digest
from zabota.home.world import World
from zabota.outreach.models import Message
from zabota.outreach.render import render_mail
from zabota.people.actions import revoke_power, spend_code
from zabota.people.models import Power, SignInCode
from zabota.people.refusal import Refused
from zabota.people.sign_in import code_by_token, code_digits, code_link_token

TODAY = date(2026, 11, 17)
PROXY = Authority("proxy", "12", date(2026, 2, 1), date(2027, 2, 1))


def refused(world: World, signing: Signing, authority: Authority, *, accepts: bool = True) -> str:
    row = side(signing, "theirs")
    with pytest.raises(Refused) as found:
        ask_signing_code(
            row, authority, by=world.as_guest("anna"), at=AT + 2 * HOUR, accepts=accepts
        )
    assert not SignInCode.objects.exists()
    return found.value.code


def test_one_after_the_other_sign_and_the_contract_is_in_force(world: World) -> None:
    signing = begun(world)
    sign(world, signing, "theirs")
    contract = fresh_contract(signing.contract)
    assert contract.case.state == "signing"
    assert told("contract.contract_signed") == [
        ("director", "contract_sign"), ("manager", "contract_news"),
    ]  # fmt: skip
    ours = side(signing, "ours")
    assert ours.promise is not None
    assert ours.promise.state == "running"
    signing = sign(world, signing, "ours", AT + 3 * HOUR)
    contract = fresh_contract(contract)
    assert (contract.case.state, signing.state) == ("signed", "signed")
    assert kinds(contract)[-5:] == [
        "agreement_accepted", "contract_signed", "agreement_accepted", "contract_signed",
        "in_force",
    ]  # fmt: skip
    who = [name for name, _ in told("contract.in_force")]
    assert who == ["anna", "boris", "manager", "vera"]
    assert signing.signed_pdf is not None
    for file in (signing.pdf, signing.signed_pdf):
        data = read_file(file)
        assert b"<pdfaid:part>2</pdfaid:part><pdfaid:conformance>B</pdfaid:conformance>" in data
        assert b"/GTS_PDFA1" in data and b"/OutputIntents" in data
    assert {side(signing, name).promise.state for name in ("ours", "theirs")} == {"kept"}  # type: ignore[union-attr]


def test_the_agreement_is_accepted_first_and_once(world: World) -> None:
    signing = begun(world)
    assert refused(world, signing, CHARTER, accepts=False) == "agreement_needed"
    code_for(world, side(signing, "theirs"), AT + 2 * HOUR)
    row = SignatureAgreement.objects.get()
    assert (row.user, row.client) == (world.guests["anna"].user, world.clients["romashka"])
    assert (row.text_version, row.digest) == (VERSION, terms_digest())
    assert last_entry("contract.agreement_accepted").facts["digest"] == terms_digest()
    ask_signing_code(side(signing, "theirs"), CHARTER, by=world.as_guest("anna"), at=AT + 2 * HOUR)
    assert SignatureAgreement.objects.count() == 1


@pytest.mark.parametrize(
    ("authority", "code"),
    [
        (Authority("proxy"), "no_number"),
        (Authority("proxy", "12"), "bad_issued"),
        (Authority("proxy", "12", TODAY + timedelta(days=1), date(2027, 1, 1)), "bad_issued"),
        (Authority("proxy", "12", date(2026, 2, 1)), "expired"),
        (Authority("proxy", "12", date(2026, 2, 1), TODAY - timedelta(days=1)), "expired"),
    ],
)
def test_an_authority_that_does_not_hold_is_refused(
    world: World, authority: Authority, code: str
) -> None:
    assert refused(world, begun(world), authority) == code


def test_a_power_of_attorney_may_end_before_the_code_is_typed(world: World) -> None:
    signing = begun(world)
    row = side(signing, "theirs")
    late = AT + timedelta(days=1)
    code_for(world, row, AT + 2 * HOUR, Authority("proxy", "12", date(2026, 2, 1), TODAY))
    with pytest.raises(Refused) as found:
        sign_contract(row, "000000", by=world.as_guest("anna"), at=late)
    assert found.value.code == "expired"


def test_the_code_goes_to_ones_own_address_and_opens_nothing_else(world: World) -> None:
    signing = begun(world)
    row = side(signing, "theirs")
    digits = code_for(world, row, AT + 2 * HOUR, PROXY)
    message = Message.objects.get(purpose="sign_code")
    assert message.address == "anna@romashka.example"
    mail = render_mail(message, [message], AT + 2 * HOUR)
    assert digits in mail.text and signing.digest in mail.text
    assert "/sign-in/" not in mail.text
    code = SignInCode.objects.latest("pk")
    assert spend_code("anna@romashka.example", digits, by=None, at=AT + 2 * HOUR) is None
    assert code_by_token(code_link_token(code), at=AT + 2 * HOUR) is None
    other = begun(world)
    with pytest.raises(Refused) as wrong:
        sign_contract(side(other, "theirs"), digits, by=world.as_guest("anna"), at=AT + 2 * HOUR)
    assert wrong.value.code == "wrong_code"
    sign_contract(row, digits, by=world.as_guest("anna"), at=AT + 2 * HOUR)
    row = side(signing, "theirs")
    assert (row.ground_number, row.address) == ("12", "anna@romashka.example")


def test_a_wrong_a_late_and_a_spent_code(world: World) -> None:
    signing = begun(world)
    row, anna = side(signing, "theirs"), world.as_guest("anna")
    digits = code_for(world, row, AT + 2 * HOUR)
    wrong = f"{(int(digits) + 1) % 1_000_000:06d}"
    for typed, at in ((wrong, AT + 2 * HOUR), (digits, AT + 3 * HOUR)):
        with pytest.raises(Refused) as found:
            sign_contract(row, typed, by=anna, at=at)
        assert found.value.code == "wrong_code"
    sign_contract(row, digits, by=anna, at=AT + 2 * HOUR)
    with pytest.raises(Refused) as again:
        sign_contract(row, digits, by=anna, at=AT + 2 * HOUR)
    assert again.value.code == "signed_already"


def test_tries_and_codes_are_throttled(world: World) -> None:
    signing = begun(world)
    row, anna, at = side(signing, "theirs"), world.as_guest("anna"), AT + 2 * HOUR
    digits = code_for(world, row, at)
    wrong = f"{(int(digits) + 1) % 1_000_000:06d}"
    for _ in range(5):
        with pytest.raises(Refused):
            sign_contract(row, wrong, by=anna, at=at)
    with pytest.raises(Refused) as spent:
        sign_contract(row, digits, by=anna, at=at)
    assert spent.value.code == "tried_too_often"
    for _ in range(4):
        code_for(world, row, at)
    with pytest.raises(Refused) as often:
        code_for(world, row, at)
    assert often.value.code == "too_often"
    digits = code_digits(SignInCode.objects.latest("pk"))
    sign_contract(row, digits, by=anna, at=at)


def test_only_the_signatory_and_only_in_turn(world: World) -> None:
    signing = begun(world)
    for by in (world.as_guest("vera"), world.as_guest("alien"), world.as_staff("manager")):
        for row in (side(signing, "theirs"), side(signing, "ours")):
            with pytest.raises(PermissionDenied):
                ask_signing_code(row, CHARTER, by=by, at=AT, accepts=True)
            with pytest.raises(PermissionDenied):
                sign_contract(row, "000000", by=by, at=AT)
    with pytest.raises(PermissionDenied):
        sign(world, signing, "ours")
    sign(world, signing, "theirs")
    sign(world, signing, "ours")


def test_a_power_withdrawn_or_a_role_taken_meanwhile(world: World) -> None:
    signing = begun(world, order="any")
    ours, theirs = side(signing, "ours"), side(signing, "theirs")
    digits = code_for(world, ours, AT + 2 * HOUR)
    for power in Power.objects.filter(employee=world.staff["director"], kind="sign"):
        revoke_power(power, by=None, at=AT + 2 * HOUR)
    with pytest.raises(Refused) as found:
        sign_contract(ours, digits, by=viewer_of(world, ours), at=AT + 2 * HOUR)
    assert found.value.code == "no_power"
    digits = code_for(world, theirs, AT + 2 * HOUR)
    type(world.guests["anna"]).objects.filter(pk=world.guests["anna"].pk).update(role="sees")
    with pytest.raises(PermissionDenied):
        sign_contract(theirs, digits, by=world.as_guest("anna"), at=AT + 2 * HOUR)


def test_nothing_of_what_was_signed_changes_afterwards(world: World) -> None:
    signing = signed(world)
    world.clients["romashka"].name = "Другое имя"
    world.clients["romashka"].save()
    contract = Contract.objects.get(pk=signing.contract_id)
    assert Signing.objects.get(contract=contract).digest == signing.digest
    for name in ("ours", "theirs"):
        with pytest.raises(Refused) as found:
            sign(world, signing, name)
        assert found.value.code == "signed_already"
