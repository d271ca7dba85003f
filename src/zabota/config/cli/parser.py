"""The words of the command line: every command, what it takes and what it is for."""

import argparse
import re
from collections.abc import Callable
from datetime import timedelta
from gettext import gettext as _

UNITS = {"m": "minutes", "h": "hours", "d": "days", "w": "weeks"}


def offset(text: str) -> timedelta:
    """`6h`, `2d`, `90m`, `1w` or several together (`1d12h`) as a span of time."""
    if not re.fullmatch(r"(\d+[mhdw])+", text):
        raise argparse.ArgumentTypeError(
            _("“%s” is no span of time; write it like 6h, 2d or 1d12h") % text
        )
    total = timedelta()
    for number, unit in re.findall(r"(\d+)([mhdw])", text):
        total += timedelta(**{UNITS[unit]: int(number)})
    return total


def port(text: str) -> int:
    """A port of this machine, 1–65535."""
    if not text.isdigit() or not 0 < int(text) < 65536:
        raise argparse.ArgumentTypeError(_("“%s” is no port; it is a number up to 65535") % text)
    return int(text)


def parser() -> argparse.ArgumentParser:
    """The whole command line, in the language chosen before."""
    top = argparse.ArgumentParser(
        prog="zabota", description=_("Client service that keeps its word.")
    )
    language_option(top)
    commands = top.add_subparsers(dest="command", metavar=_("command"), required=True)

    def add(name: str, help_text: str) -> argparse.ArgumentParser:
        command = commands.add_parser(name, help=help_text, description=help_text)
        language_option(command)
        return command

    running(add)
    keeping(add)
    developing(add)
    return top


Add = Callable[[str, str], argparse.ArgumentParser]


def language_option(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--lang", choices=("ru", "en"), default=argparse.SUPPRESS, help=_("Russian or English")
    )


def running(add: Add) -> None:
    """What runs Zabota."""
    demo = add("demo", _("Make a sample firm and run it here"))
    demo.add_argument("--port", type=port, default=8000, help=_("port to answer on (8000)"))
    demo.add_argument(
        "--reset", action="store_true", help=_("forget the sample firm, make it anew")
    )
    demo.add_argument(
        "--later", type=offset, metavar="6h", help=_("move the demo's clock forward: 6h, 2d")
    )
    demo.add_argument(
        "--json", action="store_true", help=_("the ways in on one line, for programs")
    )
    demo.add_argument(
        "--build-only", action="store_true", help=_("make the sample firm, run nothing")
    )
    serve = add("serve", _("Run the site and the worker"))
    serve.add_argument("--host", default="127.0.0.1", help=_("address to listen on (127.0.0.1)"))
    serve.add_argument("--port", type=port, default=8000, help=_("port to listen on (8000)"))
    serve.add_argument(
        "--processes", type=int, default=1, choices=range(1, 65), metavar="N",
        help=_("web processes (1)"),
    )  # fmt: skip
    serve.add_argument("--no-worker", action="store_true", help=_("the site only"))
    add("work", _("Run one more worker: sends mail, does what is due"))


def keeping(add: Add) -> None:
    """What an administrator does."""
    add("migrate", _("Make or upgrade the tables of the database"))
    owner = add("createowner", _("Set up the firm and its first person"))
    owner.add_argument("--firm", help=_("asked for when not given"))
    owner.add_argument("--email", help=_("asked for when not given"))
    owner.add_argument("--name", help=_("asked for when not given"))
    journal = add("journal", _("Look after the journal"))
    verbs = journal.add_subparsers(dest="verb", metavar=_("verb"), required=True)
    language_option(verbs.add_parser("verify", help=_("Check every entry against its digest")))
    points = add("points", _("Points"))
    verbs = points.add_subparsers(dest="verb", metavar=_("verb"), required=True)
    language_option(verbs.add_parser("verify", help=_("Check the books of points")))
    contracts = add("contracts", _("Contracts"))
    verbs = contracts.add_subparsers(dest="verb", metavar=_("verb"), required=True)
    importing = verbs.add_parser(
        "import-template", help=_("Read a contract form from Word, say what was found")
    )
    language_option(importing)
    importing.add_argument("file", metavar="FILE.docx")
    importing.add_argument("--json", action="store_true", help=_("for programs"))
    mailing(add)
    comparing(add)
    judging(add)


def mailing(add: Add) -> None:
    """Letters from the shell, and from the pipe of a mail server."""
    mail = add("mail", _("Letters"))
    verbs = mail.add_subparsers(dest="verb", metavar=_("verb"), required=True)
    ingest = verbs.add_parser(
        "ingest", help=_("Take in letters (.eml, raw, mbox); a JSON line says what each became")
    )
    language_option(ingest)
    ingest.add_argument("files", metavar="FILE", nargs="+", help=_("“-” reads standard input"))
    ingest.add_argument(
        "--mailbox", metavar="ADDRESS", help=_("the mailbox they came by (the first piped one)")
    )


def comparing(add: Add) -> None:
    """What anyone does with two files."""
    command = add("compare", _("Compare two Word files: tracked changes, proved"))
    command.add_argument("old", metavar="OLD.docx")
    command.add_argument("new", metavar="NEW.docx")
    command.add_argument(
        "-o", "--output", metavar="REDLINE.docx", help=_("where to write the redline")
    )
    command.add_argument("--author", help=_("whose changes they are (Zabota)"))
    command.add_argument("--json", action="store_true", help=_("for programs"))


def judging(add: Add) -> None:
    """What a table of purchases says of clients."""
    goodwill = add("goodwill", _("Gifts and who comes back"))
    verbs = goodwill.add_subparsers(dest="verb", metavar=_("verb"), required=True)
    words = _("Fit a model of purchases until a day, test it on the rest")
    evaluate = verbs.add_parser("evaluate", help=words, description=words)
    language_option(evaluate)
    evaluate.add_argument("file", metavar="PURCHASES.csv", help=_("columns client, date, amount"))
    evaluate.add_argument(
        "--until", metavar=_("DATE"), help=_("the last day to fit on (the middle)")
    )
    evaluate.add_argument("--json", action="store_true", help=_("for programs"))


def developing(add: Add) -> None:
    """What a developer does; only from the sources."""
    test = add("test", _("Set up what the tests need and run everything"))
    test.add_argument(
        "--shots", action="store_true", help=_("make the screenshots of docs/shots anew")
    )
    test.add_argument("--measure", action="store_true", help=_("note anew which tests take long"))
    add("check", _("Everything but the browser, in under a minute"))
    bench = add("bench", _("Measure, beside peers and stated limits"))
    bench.add_argument("--json", action="store_true", help=_("for programs"))
    bench.add_argument(
        "--quick", action="store_true", help=_("tiny worlds and no peer: only whether it runs")
    )
    add("lock", _("Pin the requirements anew"))
    messages = add("messages", _("Bring the translations up to date with the sources"))
    messages.add_argument("apps", nargs="*", metavar=_("APP"), help=_("these apps only"))
    messages.add_argument("--check", action="store_true", help=_("only say what is missing"))
