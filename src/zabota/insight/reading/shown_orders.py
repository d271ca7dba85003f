"""Orders as they were promised and as they are: the right thing, fast, on time."""

from collections.abc import Mapping

from django.utils.translation import get_language, gettext

from zabota.common import formats
from zabota.common.export import Cell, Table
from zabota.insight.figures import Counted, Share
from zabota.insight.reading.asked import Asked
from zabota.insight.reading.shown import Report, Tile, share_words
from zabota.orders.reading.promised import promised_lines, read_figures

BEHIND = "/desk/reports/orders/lines/"


def titles() -> Mapping[str, str]:
    """What each figure is called, and the list behind it."""
    return {
        "promised": gettext("Lines promised"),
        "on_time": gettext("On the day first promised"),
        "agreed": gettext("By the day agreed since"),
        "late": gettext("Late"),
        "told": gettext("Late, and we said so before"),
        "right": gettext("The right thing, all of it"),
        "wrong": gettext("Not what was ordered, or not so many"),
    }


def show_orders(asked: Asked) -> Report:
    """Counted by lines that were promised for days of this period."""
    today = asked.at.astimezone(asked.period.zone).date()
    lines = promised_lines(asked.period.first, asked.period.last, asked.whose)
    found = read_figures(lines, today)
    name, language = titles(), get_language() or "ru"
    took = Counted(dict(found.days))
    shares = {
        "on_time": Share(found.on_time, found.promised),
        "agreed": Share(found.agreed, found.promised),
        "right": Share(found.right, found.shipped),
        "told": Share(found.told, found.late),
    }
    tiles = [
        Tile(name["promised"], str(found.promised), url=_behind(asked, "promised")),
        *(
            Tile(name[key], share_words(share), url=_behind(asked, key))
            for key, share in shares.items()
        ),
        Tile(name["late"], str(found.late), late=bool(found.late), url=_behind(asked, "late")),
        Tile(
            gettext("From the order to its goods"),
            "—" if took.median is None else formats.days(took.median, language),
            "" if took.ninth is None else gettext("9 in 10 within %(days)s")
            % {"days": formats.days(took.ninth, language)},
        ),
    ]  # fmt: skip
    rows: list[list[Cell]] = [[name[key], share.part, share.whole] for key, share in shares.items()]
    rows.append([name["late"], found.late, found.promised])
    head = [gettext("Figure"), gettext("How many"), gettext("Of how many")]
    return Report(
        title=gettext("Orders: promised and so"),
        tiles=tiles,
        sections=[],
        tables=[
            Table(gettext("Orders"), head, [*rows, [name["late"], found.late, found.promised]])
        ],
        empty=not found.promised,
        cut=False,
        notes=[
            gettext("A line counts for the day first promised, whatever was agreed since."),
        ],
    )


def _behind(asked: Asked, what: str) -> str:
    return BEHIND + asked.address(what=what)
