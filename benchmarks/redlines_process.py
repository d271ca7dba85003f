"""Runs inside the peer's environment: the median time of a redline of `old.docx` and `new.docx`.

Takes the folder of the two files and how many calls; answers milliseconds.
"""

import statistics
import sys
import time
from pathlib import Path

from python_redlines.engines import DocxodusEngine

WARM = 1

folder, calls = Path(sys.argv[1]), int(sys.argv[2])
old, new = ((folder / f"{name}.docx").read_bytes() for name in ("old", "new"))
engine = DocxodusEngine(target_path=str(folder / "engine"))
took = []
for _ in range(WARM + calls):
    begun = time.perf_counter()
    engine.run_redline("Zabota", old, new)
    took.append(time.perf_counter() - begun)
print(statistics.median(took[WARM:]) * 1e3)
