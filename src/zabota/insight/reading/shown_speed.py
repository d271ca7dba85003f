"""First reply, solution and news between them, as it is printed."""

from django.utils.translation import gettext

from zabota.common.export import Table
from zabota.insight.charts import Bars, Columns, Given, lay_bars, lay_columns
from zabota.insight.reading.asked import Asked
from zabota.insight.reading.cuts import HOUR
from zabota.insight.reading.promised import KINDS, NEWS, REPLY, SOLUTION
from zabota.insight.reading.shown import (
    Line,
    Report,
    Section,
    Shown,
    Tile,
    bar_of,
    few_note,
    median_words,
    minutes_words,
    share_words,
)
from zabota.insight.reading.speed import Speed, SpeedReport, read_speed

MOST_BARS = 12


def show_speed(asked: Asked) -> Report:
    """How fast, and how many in time, group by group."""
    found = read_speed(asked.period, asked.cut, asked.whose, at=asked.at)
    names = {
        REPLY: gettext("First reply"),
        SOLUTION: gettext("Solution"),
        NEWS: gettext("News along the way"),
    }
    kinds = {moment: kind for kind, moment in KINDS.items()}
    # Who promises no news reads nothing of them.
    told = [one for one in names if one != NEWS or found.whole[NEWS].all]
    sections = [_section(kinds[moment], names[moment], found, moment, asked) for moment in told]
    few = [one.over for some in found.groups.values() for one in some]
    return Report(
        title=gettext("Speed and promises kept"),
        tiles=[
            tile
            for moment in told
            for tile in _tiles(kinds[moment], names[moment], found.whole[moment], asked)
        ],
        sections=sections,
        tables=[_table(names[moment], found, moment, asked) for moment in told],
        empty=not any(one.all for one in found.whole.values()),
        notes=[
            gettext(
                "Time is working time, without the spans in which we waited for the client. A"
                " receipt sent by a machine is no reply: what no person has answered in time is"
                " late."
            ),
            *few_note(*few),
        ],
    )


def _tiles(kind: str, name: str, one: Speed, asked: Asked) -> list[Tile]:
    tiles = [
        Tile(
            gettext("%(what)s in time") % {"what": name},
            share_words(one.in_time),
            gettext("%(share)s by the first date; %(count)d counted")
            % {"share": share_words(one.by_first), "count": one.over}
            if one.over
            else "",
            url=asked.behind(f"{kind}.late", grouped=False) if one.late else "",
        ),
        Tile(
            gettext("%(what)s, median") % {"what": name},
            median_words(one.took),
            gettext("9 in 10 within %(time)s") % {"time": minutes_words(one.took.ninth)}
            if one.took.ninth is not None
            else "",
        ),
    ]
    if one.waiting:
        tiles.append(
            Tile(
                gettext("%(what)s: late and still waiting") % {"what": name},
                str(one.waiting),
                late=True,
                url=asked.behind(f"{kind}.waiting", grouped=False),
            )
        )
    return tiles


def _section(kind: str, name: str, found: SpeedReport, moment: str, asked: Asked) -> Section:
    groups, whole = found.groups[moment], found.whole[moment]
    together = [_line(kind, whole, asked, together=True)] if len(groups) > 1 else []
    return Section(
        title=name,
        head=[
            str(asked.cut.title).capitalize(),
            gettext("Counted"),
            gettext("In time"),
            gettext("By the first date"),
            gettext("Median"),
            gettext("9 in 10 within"),
            gettext("Late, still waiting"),
            gettext("Not due yet"),
        ],
        lines=[*(_line(kind, one, asked) for one in groups), *together],
        charts=_charts(kind, name, groups, asked),
    )


def _line(kind: str, one: Speed, asked: Asked, *, together: bool = False) -> Line:
    def behind(what: str) -> str:
        return asked.behind(f"{kind}.{what}", one.key, grouped=not together)

    return Line(
        gettext("Total") if together else one.name,
        "",
        [
            Shown(str(one.over), behind("over") if one.over else ""),
            Shown(share_words(one.in_time), behind("late") if one.late else ""),
            Shown(share_words(one.by_first)),
            Shown(median_words(one.took)),
            Shown(minutes_words(one.took.ninth)),
            Shown(str(one.waiting or "—"), behind("waiting") if one.waiting else "", late=True),
            Shown(str(one.open or "—"), behind("open") if one.open else ""),
        ],
    )


def _charts(kind: str, name: str, groups: list[Speed], asked: Asked) -> list[Bars | Columns]:
    told = [one for one in groups if one.over]
    if not told:
        return []
    if asked.cut.slug == HOUR:
        return [_by_hour(kind, name, groups)]
    shown = sorted(told, key=lambda one: -one.over)[:MOST_BARS]
    shown = [one for one in groups if one in shown]
    return [
        lay_bars(
            f"{kind}-kept",
            gettext("%(what)s: kept in time") % {"what": name},
            gettext("The bar is the share kept in time, the mark the share by the first date.")
            + " "
            + "; ".join(f"{one.name}: {share_words(one.in_time)}" for one in shown),
            [
                Given(
                    one.name,
                    one.in_time.part / one.over,
                    share_words(one.in_time),
                    mark=one.first / one.over,
                )
                for one in shown
            ],
            most=1,
        ),
        lay_bars(
            f"{kind}-took",
            gettext("%(what)s: working time") % {"what": name},
            gettext("The bar reaches to the ninth decile, the mark stands at the median.")
            + " "
            + "; ".join(f"{one.name}: {_took(one)}" for one in shown if one.took.count),
            [bar_of(one.name, one.took, _took(one)) for one in shown if one.took.count],
        ),
    ]


def _took(one: Speed) -> str:
    if one.took.ninth is None:
        return median_words(one.took)
    return f"{minutes_words(one.took.median)} · {minutes_words(one.took.ninth)}"


def _by_hour(kind: str, name: str, groups: list[Speed]) -> Columns:
    counts = {int(one.key or 0): one for one in groups}
    given = []
    for hour in range(24):
        one = counts.get(hour, Speed())
        said = gettext("%(hour)d:00: %(count)d, in time %(share)s") % {
            "hour": hour,
            "count": one.all,
            "share": share_words(one.in_time),
        }
        given.append((str(hour), one.all, said))
    about = gettext("How many came in each hour of the day, by the firm’s clock.")
    title = gettext("%(what)s: when they came") % {"what": name}
    return lay_columns(f"{kind}-hours", title, about, given, most_words=8, from_first=True)


def _table(name: str, found: SpeedReport, moment: str, asked: Asked) -> Table:
    """Figures for a file: minutes, counts, per cent."""
    head = [
        str(asked.cut.title).capitalize(),
        gettext("Counted"),
        gettext("In time"),
        gettext("In time, per cent"),
        gettext("By the first date"),
        gettext("By the first date, per cent"),
        gettext("Median, working minutes"),
        gettext("Ninth decile, working minutes"),
        gettext("Late, still waiting"),
        gettext("Not due yet"),
    ]
    rows = [
        [
            one.name, one.over, one.kept, one.in_time.percent, one.first, one.by_first.percent,
            one.took.median, one.took.ninth, one.waiting, one.open,
        ]
        for one in found.groups[moment]
    ]  # fmt: skip
    return Table(name, head, rows)
