"""The method of the peers' harness, where it is absent: median wall time, number of statements."""

import statistics
import time
from collections.abc import Callable

from django.db import connection


def measure(
    name: str, call: Callable[[], object], n: int = 30, warm: int = 3, django: bool = True
) -> tuple[float, int | None]:
    """Milliseconds at the median of `n` calls after `warm` more, and statements of one call."""
    for _ in range(warm):
        call()
    count = counted(call) if django else None
    times = []
    for _ in range(n):
        start = time.perf_counter()
        call()
        times.append(time.perf_counter() - start)
    return statistics.median(times) * 1e3, count


def counted(call: Callable[[], object]) -> int:
    """How many statements one call sends."""
    count = 0

    def watch(execute, sql, params, many, context):  # type: ignore[no-untyped-def]
        nonlocal count
        count += 1
        return execute(sql, params, many, context)

    with connection.execute_wrapper(watch):
        call()
    return count
