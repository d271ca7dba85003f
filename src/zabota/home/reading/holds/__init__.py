"""What lies between a счёт and the goods, read where contracts, orders and promises are seen
together.
"""

from zabota.home.reading.holds.line import Known, known_of, lay_for, lay_holds
from zabota.home.reading.holds.past import Past, read_past
from zabota.home.reading.holds.shown import ShownLine, show_line

__all__ = [
    "Known",
    "Past",
    "ShownLine",
    "known_of",
    "lay_for",
    "lay_holds",
    "read_past",
    "show_line",
]
