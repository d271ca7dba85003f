"""The server and its worker are killed at random while tills ring up and guests take presents, who
tell the same again until they are answered: nothing is lost, nothing is doubled.

ZABOTA_TEST_GIFTS and ZABOTA_TEST_POINTS are how many presents and receipts; 10,000 take a quarter
of an hour, so few here.
"""

import os
import random
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from tests.stories.busy_day import Day, Plan, books, follow_up, lay, wrong
from tests.support.blow import family, kill
from tests.support.fresh import of_home
from tests.support.site import Site, WarmSite

PRESENTS = int(os.environ.get("ZABOTA_TEST_GIFTS", "16"))
RECEIPTS = int(os.environ.get("ZABOTA_TEST_POINTS", "42"))
TILLS = 3
# So many acts are answered between two blows, and so long after the last of them it falls.
MOST = 20 + (RECEIPTS + PRESENTS) // 200
LEAST, MOMENT = MOST // 3, 0.15


def test_nothing_is_lost_and_nothing_doubled(warm_site: Callable[[str], WarmSite]) -> None:
    plans: list[Plan] = []
    warm = warm_site("ru")

    def prepare(home: Path) -> None:
        plans.append(of_home(home).call(lay, TILLS, PRESENTS, datetime.now(UTC)))

    with warm.serving(prepare) as site:
        day = Day(site.port, plans[0], RECEIPTS)
        begun = time.monotonic()
        kills = live_through(day, warm, site)
        took = time.monotonic() - begun
        assert day.faults == []
        assert site.troubles() == []
    home = of_home(site.home)
    home.call(follow_up, datetime.now(UTC) + timedelta(minutes=5))
    found, seen = home.call(wrong, plans[0], day.told), home.call(books)
    print(
        f"{len(day.told.rung)} receipts and {len(day.told.back)} returns in {seen['lines'][0]}"
        f" lines of the books, {len(day.told.taken)} presents taken and {day.told.late} come too"
        f" late for, {kills} kills, {day.told.again} times told again, {took:.0f} s;"
        f" lost {len(found['lost'])}, doubled {len(found['doubled'])}"
    )
    assert found == {"lost": [], "doubled": []}
    assert {**seen, "lines": ()} == {
        "faults": [], "sum": 0, "budgets": 0, "broken": None, "lines": (),
    }  # fmt: skip
    assert (len(day.told.rung), len(day.told.taken)) == (RECEIPTS, PRESENTS)
    assert kills >= 2


def live_through(day: Day, warm: WarmSite, site: Site) -> int:
    """The day with its blows; says how many."""
    chance, kills = random.Random(2026), 0
    after = chance.randint(2, LEAST)
    for thread in day.threads:
        thread.start()
    try:
        while any(thread.is_alive() for thread in day.threads) and not day.over.is_set():
            if day.told.count < after:
                day.over.wait(0.01)
                continue
            # A pause by chance, so that a blow falls anywhere in what is being done.
            day.over.wait(chance.uniform(0, MOMENT))
            kill(victims(site.pid, chance))
            kills += 1
            warm.start(site.log)
            after = day.told.count + chance.randint(LEAST, MOST)
    finally:
        day.over.set()
        for thread in day.threads:
            thread.join()
    return kills


def victims(pid: int, chance: random.Random) -> list[int]:
    """The site with all its processes, or the worker, or both at once."""
    both = [int(one) for one in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    chosen = chance.choice([both, both[:1], both[1:]])
    return [one for parent in chosen for one in family(parent)]
