"""Broken promises and what went beyond the rules, as they are printed."""

from django.utils.translation import get_language, gettext

from zabota.common import formats
from zabota.common.export import Table
from zabota.insight.charts import Given, lay_bars
from zabota.insight.reading.asked import Asked
from zabota.insight.reading.broken import BrokenReport, read_broken
from zabota.insight.reading.shown import (
    Line,
    Report,
    Section,
    Shown,
    Tile,
    share_words,
    spoken,
)


def show_broken(asked: Asked) -> Report:
    """Causes, counted; what went beyond the rules, with its cost."""
    found = read_broken(asked.period, asked.whose)
    language = get_language() or "ru"
    sums = ", ".join(formats.money(cost, currency, language) for cost, currency in found.sums)
    return Report(
        title=gettext("Broken promises and beyond the rules"),
        tiles=[
            Tile(
                gettext("Broken and explained"), str(found.explained),
                url="/desk/explanations/" if found.explained else "",
            ),
            Tile(
                gettext("Broken, not explained yet"), str(found.unexplained),
                late=bool(found.unexplained),
                url="/desk/explanations/" if found.unexplained else "",
            ),
            Tile(
                gettext("Beyond the rules"), str(found.beyond), sums,
                url="/desk/beyond/" if found.beyond else "",
            ),
        ],
        sections=[_causes(found), _rules(found, language)],
        tables=[
            Table(
                gettext("Causes"), [gettext("Cause"), gettext("How often")],
                [[one.name, one.count] for one in found.causes],
            ),
            Table(
                gettext("Beyond the rules"),
                [gettext("Rule"), gettext("How often"), gettext("Cost"), gettext("Currency")],
                [[one.rule, one.count, one.cost, one.currency] for one in found.rules],
            ),
        ],
        empty=not (found.explained or found.unexplained or found.beyond),
        cut=False,
        notes=[gettext("Causes are counted; they never decide whether we help.")],
    )  # fmt: skip


def _causes(found: BrokenReport) -> Section:
    bars = [Given(one.name, one.count, str(one.count)) for one in found.causes]
    return Section(
        title=gettext("Why promises broke"),
        head=[gettext("Cause"), gettext("How often"), gettext("Share")],
        lines=[
            Line(one.name, "", [Shown(str(one.count)), Shown(share_words(one.share))])
            for one in found.causes
        ],
        charts=[lay_bars("causes", gettext("Causes"), spoken(bars), bars)] if bars else [],
    )


def _rules(found: BrokenReport, language: str) -> Section:
    return Section(
        title=gettext("Beyond the rules"),
        head=[gettext("Rule"), gettext("How often"), gettext("Cost")],
        lines=[
            Line(
                one.rule, "",
                [Shown(str(one.count)), Shown(formats.money(one.cost, one.currency, language))],
            )
            for one in found.rules
        ],
    )  # fmt: skip
