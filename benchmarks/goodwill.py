"""Who comes back: 100,000 clients fitted, beside `lifetimes` on the same; and what is gained by our
rule of budgets in played firms whose truth is known.
"""

import json
import subprocess
import sys
from pathlib import Path
from statistics import fmean

import numpy as np

from benchmarks import giving
from benchmarks.measuring import Bench, Row
from zabota.clients.repeat import Histories, fit_spend, fit_visits

CLIENTS, FEW = 100_000, 2_000
ALLOWED_MS = 10_000.0
FIRMS, PAIRS = 100, 1_000


def measure(bench: Bench) -> None:
    """Lines of the fit, and notes of what the rule is worth."""
    of = buyers(FEW if bench.quick else CLIENTS)
    ours, spend = bench.beside(
        bench.timed(lambda: fit_visits(of), django=False),
        bench.timed(lambda: fit_spend(of), django=False),
    )
    name = f"BG/NBD of {len(of):,} clients"
    bench.rows += [
        Row("goodwill", name, ours.ms, None, "at most 10 s", ALLOWED_MS, None, "longer", 1.0),
        Row("goodwill", f"gamma-gamma of {len(of):,} clients", spend.ms, None),
    ]
    theirs = None if bench.quick else peer_ms(of)
    if theirs is not None:
        bench.rows.append(Row("goodwill", name, ours.ms, None, "lifetimes 0.11.3", theirs, None,
                              "faster", 1.0))  # fmt: skip
    elif not bench.quick:
        bench.note("lifetimes does not run here: the fit stands beside its stated limit only.")
    play(bench)


def play(bench: Bench) -> None:
    """Thirty employees, many times; two employees, a thousand times."""
    chance = np.random.default_rng(5)
    clients = giving.make_clients(4000, chance)
    firms, pairs = (3, 50) if bench.quick else (FIRMS, PAIRS)
    ranks = [giving.rank_staff(clients, chance) for _ in range(firms)]
    bench.note(
        f"30 employees, {firms} firms, rank correlation with what their gifts did: ours "
        f"{fmean(rank.ours for rank in ranks):.2f}, raw repeat rates "
        f"{fmean(rank.raw for rank in ranks):.2f}."
    )
    brought = {
        rule: fmean(
            giving.spend_well(clients, np.random.default_rng(seed), rule)
            for seed in range(max(1, firms // 5))
        )
        for rule in ("same", "raw", "ours", "truth")
    }
    bench.note(
        "Of 100 gifts after eight reviews, brought back who would not have come: budgets never"
        f" moved {brought['same']:.1f}, by raw repeat rates {brought['raw']:.1f}, by our rule"
        f" {brought['ours']:.1f}, knowing the truth {brought['truth']:.1f}."
    )
    first = fmean(giving.pair(clients, chance) for _ in range(pairs))
    bench.note(
        f"Two with 40 gifts each, to the loyal without effect and with +12 points: ours ranks the"
        f" second first in {first:.0%} of {pairs:,} runs (aim 80 %)."
    )


def buyers(count: int) -> Histories:
    """As CDNOW's: more than half buy once."""
    chance = np.random.default_rng(1)
    rate, leaves = chance.gamma(0.243, 1 / 4.414, count), chance.beta(0.793, 2.426, count)
    age = chance.integers(182, 273, count) / 7
    again, last, at = np.zeros(count), np.zeros(count), np.zeros(count)
    alive = np.ones(count, dtype=bool)
    while alive.any():
        at = at + chance.exponential(1, count) / np.maximum(rate, 1e-12)
        alive &= at <= age
        again, last = again + alive, np.where(alive, np.round(at * 7) / 7, last)
        alive &= chance.random(count) > leaves
    mean = np.where(again > 0, chance.gamma(6, 6, count), 0.0)
    return Histories(np.arange(count), again, last, age, mean)


def peer_ms(of: Histories) -> float | None:
    """How long lifetimes fits the same, in a process of its own; none where it does not run."""
    told = {"x": of.again.tolist(), "t_x": of.last.tolist(), "T": of.age.tolist()}
    done = subprocess.run(
        [sys.executable, "-W", "ignore", Path(__file__).with_name("lifetimes_process.py")],
        input=json.dumps(told), capture_output=True, text=True, check=False,
    )  # fmt: skip
    return float(done.stdout) if done.returncode == 0 else None
