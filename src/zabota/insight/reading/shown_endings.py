"""How requests ended, as it is printed."""

from django.utils.translation import gettext

from zabota.common.export import Table
from zabota.insight.charts import Given, lay_bars
from zabota.insight.reading.asked import Asked
from zabota.insight.reading.endings import Ending, EndingsReport, Group, read_endings
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
    spoken,
)
from zabota.tickets.models import ENDS_OF_SUGGESTION


def show_endings(asked: Asked) -> Report:
    """Outcomes, each apart with speed and effort; what was begun anew."""
    found = read_endings(asked.period, asked.cut, asked.whose)
    whole = found.whole
    return Report(
        title=gettext("How it ended"),
        tiles=[
            Tile(
                gettext("Came in"), str(whole.count),
                gettext("in work: %(count)d") % {"count": whole.under_way},
                url=asked.behind("ended.came", grouped=False) if whole.count else "",
            ),
            *(_tile(one, asked) for one in found.endings),
            Tile(
                gettext("Reopened"), share_words(whole.anew),
                url=asked.behind("ended.reopened", grouped=False) if whole.reopened else "",
            ),
        ],
        sections=[_by_outcome(found, asked), _by_group(found, asked)],
        tables=_tables_of_endings(found, asked),
        empty=not whole.count,
        notes=[
            gettext(
                "Requests received in the period. Effort is the client’s own rating: 1 is easy,"
                " 7 is hard."
            ),
            *few_note(*(one.count for one in found.endings), *(one.count for one in found.groups)),
        ],
    )  # fmt: skip


def _tile(one: Ending, asked: Asked) -> Tile:
    url = asked.behind(f"ended.{one.outcome}", grouped=False) if one.count else ""
    return Tile(one.name, share_words(one.share), "" if one.share.few else str(one.count), url=url)


def _by_outcome(found: EndingsReport, asked: Asked) -> Section:
    def line(one: Ending) -> Line:
        effort = one.effort.median
        return Line(
            one.name,
            "",
            [
                Shown(
                    str(one.count),
                    asked.behind(f"ended.{one.outcome}", grouped=False) if one.count else "",
                ),
                Shown(share_words(one.share)),
                Shown(median_words(one.took)),
                Shown(minutes_words(one.took.ninth)),
                Shown("—" if effort is None else _effort(effort, one)),
                Shown(share_words(one.helped_share)),
            ],
        )

    bars = [Given(one.name, one.count, str(one.count)) for one in found.endings]
    charts = [
        lay_bars("outcomes", gettext("Outcomes"), spoken(bars), bars),
        lay_bars(
            "outcome-took", gettext("Working time to the end"),
            gettext("The bar reaches to the ninth decile, the mark stands at the median."),
            [
                bar_of(one.name, one.took, median_words(one.took))
                for one in found.endings if one.took.count
            ],
        ),
    ]  # fmt: skip
    return Section(
        title=gettext("By outcome"),
        head=[
            gettext("Outcome"), gettext("Requests"), gettext("Share"), gettext("Median"),
            gettext("9 in 10 within"), gettext("Effort, median"), gettext("It helped"),
        ],
        lines=[line(one) for one in found.endings],
        charts=charts if found.whole.ended or found.whole.fates else [],
    )  # fmt: skip


def _effort(effort: int, one: Ending) -> str:
    return gettext("%(effort)d of 7 (%(count)d answered)") % {
        "effort": effort,
        "count": one.effort.count,
    }


def _by_group(found: EndingsReport, asked: Asked) -> Section:
    fates = found.whole.fates

    def line(one: Group) -> Line:
        def cell(what: str, count: int) -> Shown:
            return Shown(str(count or "—"), asked.behind(f"ended.{what}", one.key) if count else "")

        return Line(
            one.name,
            "",
            [
                cell("came", one.count),
                cell("solved", one.solved),
                cell("otherwise", one.otherwise),
                cell("beyond", one.beyond),
                *([cell("done", one.done), cell("declined", one.declined)] if fates else []),
                cell("under_way", one.under_way),
                Shown(
                    share_words(one.anew),
                    asked.behind("ended.reopened", one.key) if one.reopened else "",
                ),
            ],
        )

    return Section(
        title=str(asked.cut.title).capitalize(),
        head=_heads_of_groups(found, asked),
        lines=[line(one) for one in found.groups],
    )


def _heads_of_groups(found: EndingsReport, asked: Asked) -> list[str]:
    """Ends of suggestions have columns where a suggestion has ended."""
    fates = [str(one.label) for one in ENDS_OF_SUGGESTION] if found.whole.fates else []
    return [
        str(asked.cut.title).capitalize(), gettext("Came in"), gettext("Solved"),
        gettext("Helped another way"), gettext("Not in our power"), *fates, gettext("In work"),
        gettext("Reopened"),
    ]  # fmt: skip


def _tables_of_endings(found: EndingsReport, asked: Asked) -> list[Table]:
    return [
        Table(
            gettext("By outcome"),
            [
                gettext("Outcome"), gettext("Requests"), gettext("Median, working minutes"),
                gettext("Ninth decile, working minutes"), gettext("Effort, median"),
                gettext("Answers"), gettext("It helped"),
            ],
            [
                [
                    one.name, one.count, one.took.median, one.took.ninth, one.effort.median,
                    one.answers, one.helped,
                ]
                for one in found.endings
            ],
        ),
        Table(
            str(asked.cut.title).capitalize(),
            _heads_of_groups(found, asked),
            [
                [
                    one.name, one.count, one.solved, one.otherwise, one.beyond,
                    *([one.done, one.declined] if found.whole.fates else []), one.under_way,
                    one.reopened,
                ]
                for one in found.groups
            ],
        ),
    ]  # fmt: skip
