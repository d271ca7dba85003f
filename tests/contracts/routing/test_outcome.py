"""What follows from decisions."""

from hypothesis import given
from hypothesis import strategies as st

from zabota.contracts.routing import (
    Decision,
    SeatSpec,
    StageSpec,
    next_open,
    outcome,
    route_outcome,
)


def stage(key: str = "s", group: int = 1, seats: int = 3, rule: str = "all", quorum: int = 0):  # type: ignore[no-untyped-def]
    names = tuple(SeatSpec("person", str(number)) for number in range(seats))
    return StageSpec(key, key, key, group, "legal", names, rule, quorum)  # type: ignore[arg-type]


def yes(seat: int, person: int | None = None, **more: object) -> Decision:
    return Decision(seat, seat if person is None else person, "approved", **more)  # type: ignore[arg-type]


def no(seat: int) -> Decision:
    return Decision(seat, seat, "returned")


def test_all_means_all_and_one_return_returns() -> None:
    assert outcome(stage(), [yes(0), yes(1)]) == "open"
    assert outcome(stage(), [yes(0), yes(1), yes(2)]) == "approved"
    assert outcome(stage(), [yes(0), no(1)]) == "returned"


def test_any_is_settled_by_the_first_approval_or_the_last_return() -> None:
    anyone = stage(rule="any")
    assert outcome(anyone, [yes(1)]) == "approved"
    assert outcome(anyone, [no(0), no(1)]) == "open"
    assert outcome(anyone, [no(0), no(1), yes(2)]) == "approved"
    assert outcome(anyone, [no(0), no(1), no(2)]) == "returned"


def test_a_quorum_is_returned_once_it_is_out_of_reach() -> None:
    two = stage(rule="quorum", quorum=2)
    assert outcome(two, [yes(0), no(1)]) == "open"
    assert outcome(two, [yes(0), no(1), yes(2)]) == "approved"
    assert outcome(two, [no(0), no(1)]) == "returned"


def test_a_quorum_counts_distinct_people_substitutes_for_those_they_speak_for() -> None:
    two = stage(rule="quorum", quorum=2)
    assert outcome(two, [yes(0, 7), yes(1, 7)]) == "open"
    assert outcome(two, [yes(0, 7), yes(1, 8, for_person=7)]) == "open"
    assert outcome(two, [yes(0, 8, for_person=7), yes(1, 8)]) == "open"
    assert outcome(two, [yes(0, 7), yes(1, 8)]) == "approved"
    assert outcome(two, [yes(0, 7), yes(1, 7, last_resort=True)]) == "approved"


def test_a_seat_is_decided_once() -> None:
    two = stage(rule="quorum", quorum=2)
    assert outcome(two, [yes(0, 7), yes(0, 8)]) == "open"
    assert outcome(two, [yes(0, 7), yes(9, 8)]) == "open"  # a seat the stage does not have


def test_groups_open_one_after_another_and_together_inside() -> None:
    route = [stage("a", 1), stage("b", 1), stage("c", 2)]
    assert next_open(route, {}) == ("a", "b")
    assert next_open(route, {"a": "approved", "b": "open"}) == ()
    assert next_open(route, {"a": "approved", "b": "planned"}) == ("b",)
    assert next_open(route, {"a": "approved", "b": "approved"}) == ("c",)
    assert next_open(route, {"a": "approved", "b": "returned"}) == ()
    assert route_outcome(route, {"a": "approved", "b": "returned"}) == "returned"
    assert route_outcome(route, {"a": "approved", "b": "approved", "c": "open"}) == "open"
    assert route_outcome(route, dict.fromkeys("abc", "approved")) == "approved"
    assert route_outcome([], {}) == "approved"


@given(
    st.integers(1, 5).flatmap(
        lambda seats: st.tuples(
            st.builds(
                stage,
                seats=st.just(seats),
                rule=st.sampled_from(["all", "any", "quorum"]),
                quorum=st.integers(1, seats),
            ),
            st.lists(
                st.builds(
                    Decision,
                    st.integers(0, seats - 1),
                    st.integers(0, 3),
                    st.sampled_from(["approved", "returned"]),
                    st.none() | st.integers(0, 3),
                    st.booleans(),
                ),
                max_size=8,
            ),
        )
    )
)
def test_what_is_settled_stays_settled_and_a_full_stage_is_settled(case) -> None:  # type: ignore[no-untyped-def]
    tried, decisions = case
    seen = [outcome(tried, decisions[:count]) for count in range(len(decisions) + 1)]
    assert seen[0] == "open"
    settled = next((at for at, state in enumerate(seen) if state != "open"), len(seen))
    assert len(set(seen[settled:])) <= 1
    full = [
        Decision(seat, 10 + seat, decisions[seat].verdict if seat < len(decisions) else "approved")
        for seat in range(len(tried.seats))
    ]
    approvals = sum(decision.verdict == "approved" for decision in full)
    assert outcome(tried, full) == ("approved" if approvals >= tried.needed else "returned")
