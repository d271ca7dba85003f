"""`zabota goodwill evaluate PURCHASES.csv`: who comes back, fitted on the past, then tested."""

import json
from argparse import Namespace
from collections.abc import Iterator
from dataclasses import asdict
from datetime import date
from gettext import gettext as _
from gettext import ngettext
from pathlib import Path
from typing import Any

from zabota.clients.repeat import (
    Evaluation,
    HoldOut,
    RowFault,
    TooFew,
    evaluate,
    gather,
    read_rows,
)
from zabota.clients.tables.rows import read_day
from zabota.config.cli.trouble import Trouble

MOST_FAULTS = 20


def run(arguments: Namespace) -> int:
    """0 when it was fitted; 1 when rows are wrong or too few to be fitted."""
    rows = read_rows(_bytes(arguments.file))
    if rows.faults:
        return _wrong(rows.faults, arguments)
    if not len(rows):
        raise Trouble(_("There is no purchase in %s.") % arguments.file)
    purchases = gather(rows.clients, rows.days, rows.sums)
    until = _day(arguments.until)
    if until and until < purchases.first_day:
        told = {"until": until, "first": purchases.first_day}
        raise Trouble(_("Nothing was bought until %(until)s; the first day is %(first)s.") % told)
    try:
        found = evaluate(purchases, until)
    except TooFew as few:
        return _too_few(few, arguments)
    if arguments.json:
        print(json.dumps(_told(found), ensure_ascii=False, indent=2, default=str))
    else:
        print("\n".join(lines(found)))
    return 0


def lines(found: Evaluation) -> Iterator[str]:
    """For people."""
    yield _("Until %(until)s: clients %(clients)d, of them bought again %(again)d.") % {
        "until": found.until, "clients": found.clients, "again": found.again,
    }  # fmt: skip
    visits = found.visits
    yield (
        _("Purchases, BG/NBD:")
        + (f" r {visits.r:.3f}, α {visits.alpha:.3f}, a {visits.a:.3f}, b {visits.b:.3f}; ")
        + _("log-likelihood %s") % f"{visits.loglik:.1f}"
    )
    if visits.at_edge:
        yield _("The data do not tell every parameter: one stands at the edge of what is possible.")
    if found.spend is None:
        yield _("Too few bought again for the sum of a purchase to be fitted.")
    else:
        yield _("Sum of a purchase, gamma-gamma:") + (
            f" p {found.spend.p:.2f}, q {found.spend.q:.2f}, γ {found.spend.gamma:.2f}"
        )
        yield _("Correlation of how much with how often: %s") % f"{found.spend.correlation:.2f}"
    if not found.enough:
        yield _("So few clients say little: go by base rates.")
    if found.held_out is None:
        yield _("Nothing lies after that day, so nothing could be tested.")
    else:
        yield from _table(found.held_out)


def _table(held_out: HoldOut) -> Iterator[str]:
    """As published: by how often they had bought again, what came and what was expected."""
    yield ""
    yield _("Held out: %s weeks. Purchases per client, by how often it had bought again:") % (
        f"{held_out.weeks:.1f}"
    )
    heads = (_("before"), _("clients"), _("came"), _("expected"))
    yield "  {:>10}{:>12}{:>12}{:>12}".format(*heads)
    top = max(row.again for row in held_out.rows)
    for row in held_out.rows:
        name = f"{row.again}+" if row.again == top == 7 else str(row.again)
        yield f"  {name:>10}{row.clients:>12}{row.actual:>12.3f}{row.expected:>12.3f}"
    told = {"actual": f"{held_out.actual:.0f}", "expected": f"{held_out.expected:.1f}"}
    yield _("In all %(actual)s purchases came, %(expected)s were expected.") % told


def _told(found: Evaluation) -> dict[str, Any]:
    """For programs: names as in the papers."""
    told = asdict(found)
    visits, spend, held_out = told.pop("visits"), told.pop("spend"), told.pop("held_out")
    edge = visits.pop("at_edge")
    visits["log_likelihood"] = visits.pop("loglik")
    if spend:
        spend["log_likelihood"] = spend.pop("loglik")
    if held_out:
        held_out["rows"] = [
            {("frequency" if key == "again" else key): value for key, value in row.items()}
            for row in held_out["rows"]
        ]
    return told | {
        "bg_nbd": visits, "at_edge": edge, "gamma_gamma": spend, "hold_out": held_out,
    }  # fmt: skip


def _wrong(faults: list[RowFault], arguments: Namespace) -> int:
    if arguments.json:
        told = [asdict(fault) | {"words": fault_words(fault)} for fault in faults]
        print(json.dumps({"file": arguments.file, "faults": told}, ensure_ascii=False, indent=2))
        return 1
    lines = [_("Line %(line)d: %(what)s") % {"line": fault.line, "what": fault_words(fault)}
             for fault in faults[:MOST_FAULTS]]  # fmt: skip
    if more := len(faults) - len(lines):
        lines.append(ngettext("And %d more like these.", "And %d more like these.", more) % more)
    lines.append(_("Nothing was fitted: mend these lines of %s first.") % arguments.file)
    print("\n".join(lines))
    return 1


def fault_words(fault: RowFault) -> str:
    """What is wrong in a line."""
    words = {
        "no_table": _("this is no table of text parted by commas, semicolons or tabs"),
        "no_column": _("there is no column “%(column)s”; client, date and amount are needed"),
        "cells": _("only %(value)s cells stand here"),
        "required": _("“%(column)s” is empty"),
        "date": _("“%(value)s” is no date; write it like 1997-09-30 or 30.09.1997"),
        "amount": _("“%(value)s” is no amount; write it like 1234.50"),
        "negative": _("“%(value)s” is less than nothing; returns are no purchases"),
    }
    return words[fault.code] % {"column": fault.column, "value": fault.value}


def _too_few(few: TooFew, arguments: Namespace) -> int:
    told = {"until": few.until, "clients": few.clients, "again": few.again}
    words = _(
        "Too few to fit: until %(until)s there are %(clients)d clients, and %(again)d of them"
        " bought on more than one day; it takes ten, of them three."
    ) % told  # fmt: skip
    if arguments.json:
        print(json.dumps({"too_few": told, "words": words}, ensure_ascii=False, default=str))
    else:
        print(words)
    return 1


def _day(text: str | None) -> date | None:
    if text is None:
        return None
    if (found := read_day(text)) is None:
        raise Trouble(_("“%s” is no date; write it like 1997-09-30 or 30.09.1997") % text)
    return found


def _bytes(name: str) -> bytes:
    try:
        return Path(name).read_bytes()
    except OSError as error:
        why = {"file": name, "why": error.strerror}
        raise Trouble(_("Cannot read %(file)s: %(why)s") % why) from error
