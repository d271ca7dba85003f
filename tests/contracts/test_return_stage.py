"""Returning: the round ends, it is the client's turn; the next version is asked where it must
be.
"""

from datetime import timedelta
from functools import partial

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import translation

from tests.contracts.browsers import browser_of
from tests.contracts.worlds import (
    AT,
    DAY,
    HOUR,
    approve,
    fresh_contract,
    holders,
    kinds,
    last_entry,
    open_now,
    outcomes,
    person,
    resent,
    route,
    seat,
    send_back,
    sent,
    stage,
    step,
    told,
)
from tests.support.remembered import remembered
from zabota.cases.clockwork import minutes_used
from zabota.cases.models import Holder, Pause, Promise
from zabota.contracts.actions import approve_stage, counter_change, reject_change, return_stage
from zabota.contracts.actions.give_back import NothingSaid, ReasonNeeded
from zabota.contracts.actions.settle import AlreadyDecided
from zabota.contracts.models import Change, Contract, Decision, Draft, Stage
from zabota.home.world import World, clause_numbered
from zabota.journal.reading import read_lines
from zabota.outreach.actions import announce_entries
from zabota.outreach.models import Message
from zabota.outreach.render import render_mail
from zabota.people.firm import calendar_of, current_firm
from zabota.people.models import User


@remembered
def parallel(world: World) -> Contract:
    """A supply contract before finance and logistics, changed in finance's clause."""
    contract = sent(world, "supply-ru", reworded={"5.1": lambda text: f"{text} Без процентов."})
    approve(world, contract, "manager", "manager")
    approve(world, contract, "legal", "lawyer")
    assert open_now(contract) == {"finance", "logistics"}
    return contract


def test_a_return_ends_the_round_for_everybody(world: World) -> None:
    contract = parallel(world)
    send_back(world, contract, "finance", "finance", AT + HOUR, asked="Уточните срок оплаты")
    assert outcomes(contract) == {
        "manager": ("kept", "approved"),
        "legal": ("kept", "approved"),
        "finance": ("kept", "returned"),
        "logistics": ("dropped", "dropped"),
        "director": ("dropped", "dropped"),
    }
    contract = fresh_contract(contract)
    assert contract.case.state == "returned"
    assert Draft.objects.get(contract=contract).side == "theirs"
    assert contract.client_turn is not None
    assert (contract.client_turn.turn, contract.client_turn.state) == ("theirs", "running")
    stages = Stage.objects.filter(contract=contract).values("promise")
    assert not Holder.objects.filter(promise__in=stages, rank_at__isnull=False).exists()
    for late in (
        partial(approve, world, contract, "logistics", "logist1"),
        partial(send_back, world, contract, "finance", "finance"),
    ):
        with pytest.raises(AlreadyDecided) as told:
            late()
        assert told.value.who == world.staff["finance"].name


def test_a_return_is_remembered_and_told(world: World) -> None:
    contract = parallel(world)
    clause = clause_numbered(contract, "5.1")
    send_back(world, contract, "finance", "finance", AT + HOUR, "Уточните срок", (clause,))
    entry = last_entry("contract.stage_returned")
    assert entry.audience == "both"
    assert entry.actor_id == world.staff["finance"].user_id
    assert entry.facts["asked"] == "Уточните срок"
    assert entry.facts["reasons"] == [{"clause": clause, "text": "не так", "number": "5.1"}]
    assert told("contract.stage_returned") == [
        ("anna", "contract_turn"),
        ("boris", "contract_turn"),
        ("manager", "contract_news"),
        ("vera", "contract_turn"),
    ]
    decision = Decision.objects.get(verdict="returned")
    assert decision.remark == "Уточните срок"
    assert decision.reasons == [{"clause": clause, "text": "не так"}]


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("ru", ("По пунктам:", "Пункт 5.1: не так")),
        ("en", ("By clause:", "Clause 5.1: не так")),
    ],
)
def test_the_letter_to_the_client_carries_the_reasons_by_clause(
    world: World, language: str, words: tuple[str, ...]
) -> None:
    contract = parallel(world)
    User.objects.filter(pk=world.as_guest("anna").user.pk).update(language=language)
    clause = clause_numbered(contract, "5.1")
    send_back(world, contract, "finance", "finance", AT + HOUR, "", (clause,))
    announce_entries(by=None, at=AT + HOUR)
    entry = last_entry("contract.stage_returned")
    letters = {row.to.email.split("@")[0]: row for row in Message.objects.filter(entry=entry)}
    mail = render_mail(letters["anna"], [letters["anna"]], AT + HOUR)
    for said in words:
        assert said in mail.text and said in mail.html
    ours = render_mail(letters["manager"], [letters["manager"]], AT + HOUR)
    assert "5.1" not in ours.text


@pytest.mark.parametrize("who", ["stranger", "lawyer", "director"])
def test_who_holds_no_seat_is_refused(world: World, who: str) -> None:
    contract = sent(world)
    with pytest.raises(PermissionDenied):
        send_back(world, contract, "manager", who)
    with pytest.raises(PermissionDenied):
        return_stage(
            stage(contract, "manager").pk,
            by=world.as_guest("anna"),
            at=AT,
            asked="?",  # type: ignore[arg-type]
        )


def test_a_vote_against_does_not_return_while_a_quorum_is_possible(world: World) -> None:
    team = seat("team", world.teams["logistics"].pk)
    route(world, step("logistics", "logistics", [team] * 3, rule="quorum", quorum=2))
    contract = sent(world)
    send_back(world, contract, "logistics", "logist1")
    assert open_now(contract) == {"logistics"}
    assert last_entry("contract.stage_voted").audience == "ours"
    assert "stage_returned" not in kinds(contract)
    approve(world, contract, "logistics", "logist2")
    assert approve(world, contract, "logistics", "logist3").agreed


def test_two_votes_of_three_return(world: World) -> None:
    team = seat("team", world.teams["logistics"].pk)
    route(world, step("logistics", "logistics", [team] * 3, rule="quorum", quorum=2))
    contract = sent(world)
    for who in ("logist1", "logist2"):
        send_back(world, contract, "logistics", who)
    assert outcomes(contract) == {"logistics": ("kept", "returned")}


def test_the_next_version_asks_again_only_where_it_was_touched(world: World) -> None:
    contract = parallel(world)
    first = {key: stage(contract, key) for key in ("manager", "legal")}
    approve(world, contract, "logistics", "logist1")
    approve(world, contract, "logistics", "logist2")
    send_back(world, contract, "finance", "finance")
    contract = resent(world, contract, "anna", AT + DAY, "5.1")
    assert contract.round == 2
    assert outcomes(contract) == {
        "manager": ("dropped", "stands"),
        "legal": ("dropped", "stands"),
        "finance": ("running", ""),
        "logistics": ("dropped", "stands"),
        "director": ("planned", ""),
    }
    assert stage(contract, "legal").stands_since == first["legal"]
    assert Decision.objects.filter(stage=first["legal"]).count() == 1
    assert open_now(contract) == {"finance"}
    approve(world, contract, "finance", "finance", AT + DAY)
    assert approve(world, contract, "director", "director", AT + DAY).agreed


def test_what_stands_stands_through_several_rounds(world: World) -> None:
    contract = parallel(world)
    first = stage(contract, "legal")
    for day in (1, 2):
        send_back(world, contract, "finance", "finance", AT + day * DAY)
        contract = resent(world, contract, "anna", AT + day * DAY + HOUR, "5.1")
        assert stage(contract, "legal").stands_since == first
    assert contract.round == 3


def test_a_version_without_changes_asks_only_who_returned_it(world: World) -> None:
    contract = parallel(world)
    send_back(world, contract, "finance", "finance")
    contract = resent(world, contract, "anna", AT + DAY)
    found = outcomes(contract)
    assert (found["manager"], found["legal"]) == (("dropped", "stands"),) * 2
    assert open_now(contract) == {"finance", "logistics"}


def test_a_stage_called_for_by_an_earlier_change_is_not_forgotten(world: World) -> None:
    """Legal returned before finance was asked; the client then touched only the legal clause."""
    touched = [{"field": "direction.finance.touched", "op": "eq", "value": True}]
    route(
        world,
        step("legal", "legal", [person(world, "lawyer")], 1),
        step("finance", "finance", [person(world, "finance")], 2, conditions=touched),
        form="supply-ru",
    )
    contract = sent(
        world,
        "supply-ru",
        reworded={"5.1": lambda text: f"{text} Без процентов.", "7.2": lambda text: f"{text} Да."},
    )
    assert set(outcomes(contract)) == {"legal", "finance"}
    send_back(world, contract, "legal", "lawyer")
    contract = resent(world, contract, "anna", AT + DAY, "7.2")
    assert set(outcomes(contract)) == {"legal", "finance"}


def test_our_clock_stands_only_when_it_is_said_what_is_asked(world: World) -> None:
    silent, asking = parallel(world), parallel(world)
    due = {c.pk: fresh_contract(c).agreeing.due_at for c in (silent, asking)}  # type: ignore[union-attr]
    clause = clause_numbered(silent, "5.1")
    send_back(world, silent, "finance", "finance", AT + HOUR, "  ", (clause,))
    send_back(world, asking, "finance", "finance", AT + HOUR, asked="Уточните")
    assert fresh_contract(silent).agreeing.state == "running"  # type: ignore[union-attr]
    assert fresh_contract(asking).agreeing.state == "paused"  # type: ignore[union-attr]
    later = AT + 3 * DAY
    silent, asking = (resent(world, c, "anna", later) for c in (silent, asking))
    assert silent.agreeing is not None
    assert asking.agreeing is not None
    assert silent.agreeing.due_at == due[silent.pk]
    assert asking.agreeing.due_at == due[asking.pk] + (later - AT - HOUR)
    assert asking.agreeing.first_due_at == due[asking.pk]
    pause = Pause.objects.get()
    assert (pause.started_at, pause.ended_at) == (AT + HOUR, later)
    calendar = calendar_of(current_firm())
    end = later + HOUR
    used = [
        minutes_used(calendar, c.agreeing, c.agreeing.pauses.all(), end) for c in (silent, asking)
    ]
    assert used == [25 * 60, 2 * 60]


def test_a_second_return_of_an_unchanged_clause_needs_a_reason(world: World) -> None:
    contract = parallel(world)
    clause = clause_numbered(contract, "5.1")
    send_back(world, contract, "finance", "finance", AT, "Уточните", (clause,))
    contract = resent(world, contract, "anna", AT + DAY)
    with pytest.raises(ReasonNeeded):
        send_back(world, contract, "finance", "finance", AT + DAY, " ", (clause,))
    assert open_now(contract) == {"finance", "logistics"}
    send_back(world, contract, "finance", "finance", AT + DAY, "Мы просили иначе", (clause,))
    assert told("contract.returned_again") == [("director", "contract_again")]
    entry = last_entry("contract.returned_again")
    with translation.override("ru"):
        (line,) = read_lines([entry], now=AT + DAY)
    assert line.sentence.startswith("Повторный возврат п. 5.1 без изменений")
    assert "не так" in line.sentence
    assert entry.audience == "ours"
    announce_entries(by=None, at=AT + DAY)
    message = Message.objects.get(entry=entry)
    mail = render_mail(message, [message], AT + DAY)
    assert "повторный возврат без изменений" in mail.subject
    assert "Повторный возврат п. 5.1" in mail.text


def test_a_changed_clause_may_be_returned_as_any_other(world: World) -> None:
    contract = parallel(world)
    clause = clause_numbered(contract, "5.1")
    send_back(world, contract, "finance", "finance", AT, "Уточните", (clause,))
    contract = resent(world, contract, "anna", AT + DAY, "5.1")
    send_back(world, contract, "finance", "finance", AT + DAY, "", (clause,))
    assert "returned_again" not in kinds(contract)


def test_our_answers_become_our_version_from_which_the_client_goes_on(world: World) -> None:
    contract = sent(
        world,
        "supply-ru",
        reworded={"5.1": lambda text: f"{text} Без процентов.", "7.2": lambda text: f"{text} Да."},
    )
    approve(world, contract, "manager", "manager")
    ours = Change.objects.get(concern="legal")
    counter_change(ours, {"0": "Совсем другие слова."}, by=world.as_staff("lawyer"), at=AT)
    send_back(world, contract, "legal", "lawyer")
    contract = fresh_contract(contract)
    assert contract.version is not None
    assert (contract.version.number, contract.version.side) == (2, "ours")
    ours.refresh_from_db()
    assert ours.sent_at == AT
    assert Draft.objects.get(contract=contract).base == contract.version
    contract = resent(world, contract, "anna", AT + DAY)
    ours.refresh_from_db()
    assert ours.state == "agreed"


def test_the_promise_to_answer_goes_on_with_what_was_left_open(world: World) -> None:
    """Legal returned it before finance had answered: the client still waits for that answer."""
    contract = sent(
        world,
        "supply-ru",
        reworded={"5.1": lambda text: f"{text} Без процентов.", "7.2": lambda text: f"{text} Да."},
    )
    approve(world, contract, "manager", "manager")
    reject_change(
        Change.objects.get(concern="legal"), by=world.as_staff("lawyer"), at=AT, reason="—"
    )
    send_back(world, contract, "legal", "lawyer")
    contract = resent(world, contract, "anna", AT + DAY)
    assert Change.objects.get(concern="finance").state == "open"
    assert contract.answering is not None
    assert Promise.objects.get(pk=contract.answering_id).state == "running"


def test_promises_are_due_in_working_time(world: World) -> None:
    contract = sent(world)
    assert stage(contract, "manager").promise.due_at == AT + 5 * HOUR
    approve_stage(stage(contract, "manager").pk, by=world.as_staff("manager"), at=AT + HOUR)
    assert stage(contract, "legal").promise.due_at == AT + HOUR + timedelta(days=1)


def test_who_answered_with_other_words_still_decides(world: World) -> None:
    """Our version made of answers is nobody's own text: the lawyer is asked again, not the lead;
    the manager is not, for whom a clause of law is no business.
    """
    contract = sent(world, "supply-ru", reworded={"8.1": lambda text: f"{text} Да."})
    approve(world, contract, "manager", "manager")
    counter_change(Change.objects.get(), {"0": "Иначе."}, by=world.as_staff("lawyer"), at=AT)
    send_back(world, contract, "legal", "lawyer")
    contract = resent(world, contract, "anna", AT + DAY)
    assert open_now(contract) == {"legal"}
    assert holders(contract, "legal") == {"lawyer"}


def test_a_return_that_says_nothing_is_refused(world: World) -> None:
    contract = parallel(world)
    with pytest.raises(NothingSaid):
        send_back(world, contract, "finance", "finance", AT, " ")
    assert open_now(contract) == {"finance", "logistics"}
    held = stage(contract, "finance")
    answer = browser_of(world, "finance").post(f"/desk/stages/{held.pk}/return/", {"asked": " "})
    assert answer.status_code == 422
    assert "Укажите, что нужно от клиента" in answer.content.decode()


def test_a_return_with_answers_alone_says_that_our_clock_goes_on(world: World) -> None:
    contract = sent(world, "supply-ru", reworded={"8.1": lambda text: f"{text} Да."})
    approve(world, contract, "manager", "manager")
    change = Change.objects.get()
    form = {"part-0": "Иначе.", "seen": change.mark}
    done = browser_of(world, "lawyer").post(
        f"/desk/changes/{change.pk}/counter/", form, follow=True
    )
    assert "Клиент видит её сразу" in done.content.decode()
    send_back(world, contract, "legal", "lawyer", AT + HOUR, "")
    page = browser_of(world, "anna").get(f"/room/contracts/{contract.pk}/").content.decode()
    assert "Наш срок идёт дальше; наши ответы — рядом с пунктами" in page
