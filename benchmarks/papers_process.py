"""Runs inside the peer's environment: the median time of a PDF of an HTML file, in milliseconds.

Takes the file and how many calls; with --once it answers how many pages there are.
"""

import statistics
import sys
import time
from pathlib import Path

from weasyprint import HTML

WARM = 1

source, calls = Path(sys.argv[1]).read_text("utf-8"), int(sys.argv[2])
if "--once" in sys.argv:
    print(len(HTML(string=source).render().pages))
    sys.exit()
took = []
for number in range(WARM + calls):
    changed = source.replace("Поставщик", f"Поставщик{number}", 1)
    begun = time.perf_counter()
    HTML(string=changed).write_pdf()
    took.append(time.perf_counter() - begun)
print(statistics.median(took[WARM:]) * 1e3)
