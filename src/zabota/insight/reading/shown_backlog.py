"""What is not finished, as it is printed."""

from django.utils.translation import get_language, gettext

from zabota.common import formats
from zabota.common.export import Table
from zabota.insight.charts import Bars, Columns, Given, lay_bars, lay_columns
from zabota.insight.reading.asked import Asked
from zabota.insight.reading.backlog import AGES, BacklogReport, Waiting, read_backlog
from zabota.insight.reading.shown import (
    Line,
    Report,
    Section,
    Shown,
    Tile,
    spoken,
)


def show_backlog(asked: Asked) -> Report:
    """What is not finished, by age, and how it grew."""
    found = read_backlog(asked.period, asked.cut, asked.whose, at=asked.at)
    old = found.whole.ages["more"] + found.whole.ages["month"]
    return Report(
        title=gettext("Unfinished requests"),
        tiles=[
            Tile(
                gettext("Unfinished now"), str(found.whole.count),
                url=asked.behind("open.unfinished", grouped=False) if found.whole.count else "",
            ),
            Tile(
                gettext("The client’s turn"), str(found.whole.theirs),
                url=asked.behind("open.theirs", grouped=False) if found.whole.theirs else "",
            ),
            Tile(gettext("A week or older"), str(old), late=bool(old)),
        ],
        sections=[_by_age(found, asked), *_by_days(found)],
        tables=_tables_of_backlog(found, asked),
        empty=not found.whole.count and not any(day.came or day.left for day in found.days),
    )  # fmt: skip


def _by_age(found: BacklogReport, asked: Asked) -> Section:
    def line(one: Waiting, *, together: bool = False) -> Line:
        def cell(what: str, count: int) -> Shown:
            url = asked.behind(f"open.{what}", one.key, grouped=not together)
            return Shown(str(count or "—"), url if count else "")

        return Line(
            gettext("Total") if together else one.name,
            "",
            [
                cell("unfinished", one.count),
                *(cell(slug, count) for slug, _name, count in one.cells),
                cell("theirs", one.theirs),
            ],
        )

    bars = [
        Given(name, count, str(count), late=slug in ("month", "more"))
        for slug, name, count in found.whole.cells
    ]
    together = [line(found.whole, together=True)] if len(found.groups) > 1 else []
    return Section(
        title=gettext("Age of unfinished requests"),
        head=_heads_of_ages(asked),
        lines=[*(line(one) for one in found.groups), *together],
        charts=[lay_bars("ages", gettext("Unfinished requests by age"), spoken(bars), bars)]
        if found.whole.count
        else [],
    )


def _heads_of_ages(asked: Asked) -> list[str]:
    return [
        str(asked.cut.title).capitalize(), gettext("Unfinished"),
        *(str(name) for _slug, _since, _upto, name in AGES), gettext("The client’s turn"),
    ]  # fmt: skip


def _by_days(found: BacklogReport) -> list[Section]:
    if not found.days:
        return []
    language = get_language() or "ru"
    given = [
        (
            formats.brief_day(one.day, found.days[-1].day, language),
            one.left,
            gettext("%(day)s: %(left)d") % {
                "day": formats.short_date(one.day, language), "left": one.left,
            },
        )
        for one in found.days
    ]  # fmt: skip
    title = gettext("Unfinished at the end of each day")
    first, last = found.days[0], found.days[-1]
    about = gettext("From %(first)d to %(last)d.") % {"first": first.left, "last": last.left}
    charts: list[Bars | Columns] = [lay_columns("days", title, about, given)]
    return [
        Section(
            title=gettext("Day by day"),
            head=[
                gettext("Day"), gettext("Came in"), gettext("Closed"),
                gettext("Unfinished at the day’s end"),
            ],
            lines=[
                Line(
                    formats.short_date(one.day, language), "",
                    [Shown(str(one.came)), Shown(str(one.ended)), Shown(str(one.left))],
                )
                for one in reversed(found.days)
            ],
            charts=charts,
        )
    ]  # fmt: skip


def _tables_of_backlog(found: BacklogReport, asked: Asked) -> list[Table]:
    return [
        Table(
            gettext("Age of unfinished requests"),
            _heads_of_ages(asked),
            [
                [one.name, one.count, *(count for _s, _n, count in one.cells), one.theirs]
                for one in found.groups
            ],
        ),
        Table(
            gettext("Day by day"),
            [
                gettext("Day"),
                gettext("Came in"),
                gettext("Closed"),
                gettext("Unfinished at the day’s end"),
            ],
            [[one.day, one.came, one.ended, one.left] for one in found.days],
        ),
    ]
