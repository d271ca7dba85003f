"""Two tabs and two people sign at the same moment, on both databases: one signature each."""

from multiprocessing.synchronize import Barrier

from tests.concurrency.test_at_once import Firm, world_of
from tests.contracts.signing import begun, code_for, side, viewer_of
from tests.contracts.worlds import AT, HOUR
from tests.support.fresh import LONGEST, PROCESSES
from zabota.contracts.actions import sign_contract
from zabota.contracts.models import Signatory, Signing
from zabota.journal.models import Entry
from zabota.journal.verify import verify_journal
from zabota.people.refusal import Refused

TIMES = 6
NOON = AT + 2 * HOUR


def ready(made: bytes) -> list[dict[str, str | int]]:
    """Signings in any order, both codes sent: of one each a second code of Anna's."""
    world = world_of(made)
    found: list[dict[str, str | int]] = []
    for number in range(TIMES):
        at = NOON + number * HOUR
        signing = begun(world, order="any")
        codes = [code_for(world, side(signing, name), at) for name in ("ours", "theirs", "theirs")]
        found.append({"pk": signing.pk, "at": number, **dict(zip("abc", codes, strict=True))})
    return found


def sign_each(
    made: bytes, ready: list[dict[str, str | int]], name: str, code: str, together: Barrier
) -> list[str]:
    world, answers = world_of(made), []
    for one in ready:
        row = side(Signing.objects.get(pk=one["pk"]), name)
        by, at = viewer_of(world, row), NOON + int(one["at"]) * HOUR
        together.wait(LONGEST)
        try:
            sign_contract(row, str(one[code]), by=by, at=at)
            answers.append("signed")
        except Refused as refused:
            answers.append(refused.code)
    return answers


def standing(pks: list[int]) -> list[tuple[str, int, int, int]]:
    found = []
    for pk in pks:
        signing = Signing.objects.get(pk=pk)
        entries = Entry.objects.filter(stream__case=signing.contract_id)
        found.append(
            (
                signing.state,
                Signatory.objects.filter(signing=signing, signed_at__isnull=False).count(),
                entries.filter(kind="contract.contract_signed").count(),
                entries.filter(kind="contract.in_force").count(),
            )
        )
    assert verify_journal().broken is None
    return found


def test_two_tabs_and_two_people(firm_on_both: Firm) -> None:
    database, made = firm_on_both
    found = database.call(ready, made)
    who = [("ours", "a"), ("theirs", "b"), ("theirs", "c")]
    together = PROCESSES.Barrier(len(who))
    outcomes = database.race([(sign_each, (made, found, *one, together)) for one in who])
    assert [outcome.error for outcome in outcomes] == [None] * 3
    answers = [outcome.value for outcome in outcomes]
    assert answers[0] == ["signed"] * TIMES
    for first, second in zip(answers[1], answers[2], strict=True):
        assert [first, second].count("signed") == 1, (first, second)
    assert database.call(standing, [one["pk"] for one in found]) == [("signed", 2, 2, 1)] * TIMES
