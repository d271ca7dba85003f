"""The peer's side: lifetimes' own fitter on what comes by standard input, milliseconds to standard
output. lifetimes is under the MIT licence and is never imported by us.
"""

import json
import statistics
import sys
import time

from lifetimes import BetaGeoFitter


def main() -> None:
    """The median of three."""
    given = json.load(sys.stdin)
    took = []
    for _ in range(3):
        begun = time.perf_counter()
        BetaGeoFitter().fit(given["x"], given["t_x"], given["T"])
        took.append((time.perf_counter() - begun) * 1000)
    print(statistics.median(took))


if __name__ == "__main__":
    main()
