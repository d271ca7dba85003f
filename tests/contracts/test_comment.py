"""Comments and files: for whom they are is stamped when written and only ever widened."""

import pytest
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.utils.translation import override

from tests.contracts.preparing import begun
from tests.contracts.worlds import AT, HOUR, approve, kinds, last_entry, sent, told
from zabota.common.files import TooLarge
from zabota.contracts.actions import (
    attach_file,
    comment,
    remove_file,
    turn_comment,
    withdraw_contract,
)
from zabota.contracts.actions.talk import LONGEST, Empty, TooLong
from zabota.contracts.models import Attachment, Comment, Contract
from zabota.home.world import World, clause_numbered
from zabota.journal.reading import read_lines


@pytest.fixture
def contract(world: World) -> Contract:
    return sent(world)


def test_ours_among_ourselves(world: World, contract: Contract) -> None:
    row = comment(
        contract, " Спросить у логистов ", by=world.as_staff("lawyer"), at=AT, audience="ours",
        clause="c1", quote="не позднее",
    )  # fmt: skip
    assert (row.text, row.audience, row.version, row.quote) == (
        "Спросить у логистов", "ours", contract.version, "не позднее",
    )  # fmt: skip
    entry = last_entry("contract.commented")
    assert entry.audience == "ours"
    assert "логист" not in entry.canonical
    assert told("contract.commented") == [("manager", "contract_comment")]


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("ru", "Добавлен комментарий к пункту 5.1: Мария Левина"),
        ("en", "A comment on clause 5.1 was written by Maria Levina"),
    ],
)
def test_history_and_letters_name_the_clause(
    world: World, contract: Contract, language: str, said: str
) -> None:
    clause = clause_numbered(contract, "5.1")
    comment(contract, "Вам", by=world.as_staff("lawyer2"), at=AT, audience="both", clause=clause)
    with override(language):
        (line,) = read_lines([last_entry("contract.commented")], now=AT)
    assert line.sentence == said


def test_ours_to_the_client_and_the_client_to_us(world: World, contract: Contract) -> None:
    comment(contract, "Вам", by=world.as_staff("manager"), at=AT, audience="both")
    assert told("contract.commented") == [
        (who, "contract_comment") for who in ("anna", "boris", "vera")
    ]
    comment(contract, "Нам", by=world.as_guest("vera"), at=AT, audience="both")
    assert told("contract.commented") == [("manager", "contract_comment")]


def test_theirs_among_themselves_reaches_none_of_ours(world: World, contract: Contract) -> None:
    comment(contract, "Между нами", by=world.as_guest("anna"), at=AT, audience="theirs")
    entry = last_entry("contract.commented")
    assert entry.audience == "theirs"
    assert [who for who, _ in told("contract.commented")] == ["boris", "vera"]


@pytest.mark.parametrize(("who", "audience"), [("lawyer", "theirs"), ("anna", "ours")])
def test_nobody_writes_for_the_other_side_alone(
    world: World, contract: Contract, who: str, audience: str
) -> None:
    by = world.as_guest(who) if who == "anna" else world.as_staff(who)
    with pytest.raises(PermissionDenied):
        comment(contract, "x", by=by, at=AT, audience=audience)
    with pytest.raises(PermissionDenied):
        attach_file(contract, "x.txt", b"x", "text/plain", by=by, at=AT, audience=audience)


def test_a_stranger_and_who_looks_on_write_nothing(world: World, contract: Contract) -> None:
    anna = world.as_guest("anna")
    looking = type(anna)(anna.user, anna.contact, anna.contacts, read_only=True)
    for by in (world.as_guest("alien"), looking):
        with pytest.raises(PermissionDenied):
            comment(contract, "x", by=by, at=AT, audience="both")
    withdraw_contract(contract, by=anna, at=AT, reason="Раздумали")
    with pytest.raises(PermissionDenied):
        comment(contract, "x", by=anna, at=AT, audience="both")


def test_too_little_and_too_much(world: World, contract: Contract) -> None:
    by = world.as_staff("lawyer")
    with pytest.raises(Empty):
        comment(contract, " \n ", by=by, at=AT, audience="ours")
    with pytest.raises(TooLong):
        comment(contract, "x" * (LONGEST + 1), by=by, at=AT, audience="ours")
    comment(contract, "x" * LONGEST, by=by, at=AT, audience="ours")
    assert Comment.objects.count() == 1


def test_while_we_prepare_it_nothing_is_said_to_the_client(world: World) -> None:
    made = begun(world, "nda-ru", "manager")
    row = comment(made, "x", by=world.as_staff("manager"), at=AT, audience="both")
    assert row.audience == "ours"
    assert told("contract.commented") == []


def test_its_writer_turns_it_to_the_client_once(world: World, contract: Contract) -> None:
    lawyer = world.as_staff("lawyer")
    row = comment(contract, "Уже можно", by=lawyer, at=AT, audience="ours")
    with pytest.raises(PermissionDenied):
        turn_comment(row, by=world.as_staff("manager"), at=AT)
    for _ in range(2):
        turn_comment(row, by=lawyer, at=AT + HOUR)
    row.refresh_from_db()
    assert (row.audience, row.turned_at) == ("both", AT + HOUR)
    assert kinds(contract).count("comment_turned") == 1
    assert last_entry("contract.commented").audience == "ours"
    assert [who for who, _ in told("contract.comment_turned")] == ["anna", "boris", "vera"]


def test_what_the_client_turns_to_us_is_told_to_us(world: World, contract: Contract) -> None:
    anna = world.as_guest("anna")
    row = comment(contract, "Спросим", by=anna, at=AT, audience="theirs")
    turn_comment(row, by=anna, at=AT)
    assert told("contract.comment_turned") == [("manager", "contract_comment")]


def test_a_comment_beside_what_is_being_prepared_is_not_turned(world: World) -> None:
    made = begun(world, "nda-ru", "manager")
    row = comment(made, "x", by=world.as_staff("manager"), at=AT, audience="ours")
    turn_comment(row, by=world.as_staff("manager"), at=AT)
    row.refresh_from_db()
    assert row.audience == "ours"


def test_files_are_kept_and_taken_away_by_whoever_put_them(
    world: World, contract: Contract
) -> None:
    anna = world.as_guest("anna")
    row = attach_file(
        contract, "C:\\dir\\Устав\u202efdp.pdf", b"%PDF-1.7", "application/pdf", by=anna, at=AT,
        audience="both",
    )  # fmt: skip
    assert row.name == "Уставfdp.pdf"
    assert last_entry("contract.file_attached").facts["name"] == row.name
    with pytest.raises(PermissionDenied):
        remove_file(row, by=world.as_guest("boris"), at=AT)
    for _ in range(2):
        remove_file(row, by=anna, at=AT + HOUR)
    assert Attachment.objects.get().removed_at == AT + HOUR
    assert kinds(contract).count("file_removed") == 1


def test_a_file_beyond_the_limit_is_refused_and_says_it(world: World, contract: Contract) -> None:
    with pytest.raises(TooLarge):
        attach_file(
            contract, "big.txt", b"0" * (settings.UPLOAD_LIMIT + 1), "text/plain",
            by=world.as_guest("anna"), at=AT, audience="both",
        )  # fmt: skip
    assert not Attachment.objects.exists()


def test_ours_who_hold_it_now_hear_a_comment(world: World, contract: Contract) -> None:
    approve(world, contract, "manager", "manager")
    comment(contract, "x", by=world.as_guest("anna"), at=AT, audience="both")
    assert told("contract.commented") == [
        ("lawyer", "contract_comment"), ("manager", "contract_comment"),
    ]  # fmt: skip
