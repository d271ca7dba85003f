"""CDNOW, one in ten of its clients: the data the purchase models were published on. It comes with
the package `lifetimes`, of which the tests use nothing but this file.
"""

from datetime import date
from functools import cache
from importlib.metadata import distribution

from zabota.clients.repeat import Purchases, gather

END = date(1997, 9, 30)


@cache
def rows() -> tuple[tuple[str, date, float], ...]:
    """Client, day and amount of every purchase."""
    files = distribution("lifetimes").files or ()
    found = next(file for file in files if file.name == "CDNOW_sample.txt")
    cells = [line.split() for line in found.read_text("utf-8").splitlines()]
    return tuple((row[1], date.fromisoformat(row[2]), float(row[4])) for row in cells if row)


@cache
def purchases() -> Purchases:
    """The same as the engine takes it."""
    clients, days, sums = zip(*rows(), strict=True)
    return gather(clients, days, sums)
