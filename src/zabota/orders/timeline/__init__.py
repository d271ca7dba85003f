"""From the счёт to the goods on one line: what each step takes, who said so, and what misses.

Plain Python, free of Django. Our own steps are laid in working time, the client's in calendar time.
`lay_line` puts steps one after another; `misses_of` compares the line with the day until which
goods are kept, with the last day of the счёт and with the day they are needed by; `prolonged` and
`enough_until` say how far a hold goes; `draw` makes a picture of it.
"""

from zabota.orders.timeline.line import (
    Clock,
    Ends,
    Laid,
    Line,
    Miss,
    Missed,
    Said,
    Step,
    Takes,
    end_of_day,
    lay_line,
    misses_of,
)
from zabota.orders.timeline.picture import Picture, draw
from zabota.orders.timeline.prolong import Limits, enough_until, prolonged, within_rule

__all__ = [
    "Clock",
    "Ends",
    "Laid",
    "Limits",
    "Line",
    "Miss",
    "Missed",
    "Picture",
    "Said",
    "Step",
    "Takes",
    "draw",
    "end_of_day",
    "enough_until",
    "lay_line",
    "misses_of",
    "prolonged",
    "within_rule",
]
