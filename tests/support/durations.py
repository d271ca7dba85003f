"""How long tests take, in seconds of the processor: measured in each, kept of those that take long.

`tests/long.tsv` names tests that take over a tenth of a second: ./zabota check, which is for every
minute, leaves them to ./zabota test. `./zabota test --measure` writes it anew.
"""

import xml.etree.ElementTree as ET
from collections import defaultdict
from pathlib import Path

from tests.support.checksum import ROOT

LONG = ROOT / "tests" / "long.tsv"
PROPERTY = "processor"
LIMIT = 0.1


def read() -> dict[str, float]:
    """Tests that take long, by file and function, with their seconds."""
    lines = LONG.read_text("utf-8").splitlines()
    return {name: float(seconds) for seconds, name in (line.split("\t") for line in lines)}


def write(report: Path) -> None:
    """Keeps the long ones of a report; a test of many cases takes what one of them does."""
    found = defaultdict[str, list[float]](list)
    for case in ET.parse(report).iter("testcase"):
        file = str(case.get("classname")).replace(".", "/")
        name = f"{file}.py::{str(case.get('name')).partition('[')[0]}"
        for one in case.iter("property"):
            if one.get("name") == PROPERTY:
                found[name].append(float(str(one.get("value"))))
    keep({name: sum(each) / len(each) for name, each in found.items()})


def keep(seconds: dict[str, float]) -> None:
    long = sorted((name, took) for name, took in seconds.items() if took > LIMIT)
    LONG.write_text("".join(f"{took:.2f}\t{name}\n" for name, took in long), "utf-8")
