"""How many seats can be taken at once when nobody takes two: a largest bipartite matching."""

from collections.abc import Collection, Sequence


def most_seated(options: Sequence[Collection[int]]) -> int:
    """The largest number of seats that distinct people can take; `options` are people per seat."""
    seat_of: dict[int, int] = {}
    return sum(_seat(number, options, seat_of, set()) for number in range(len(options)))


def _seat(
    number: int, options: Sequence[Collection[int]], seat_of: dict[int, int], asked: set[int]
) -> bool:
    for person in options[number]:
        if person in asked:
            continue
        asked.add(person)
        if person not in seat_of or _seat(seat_of[person], options, seat_of, asked):
            seat_of[person] = number
            return True
    return False
