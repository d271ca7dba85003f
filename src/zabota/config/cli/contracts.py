"""`zabota contracts import-template FILE.docx`: what a form would be made of; nothing is stored."""

import json
from argparse import Namespace
from collections.abc import Iterator
from gettext import gettext as _
from pathlib import Path
from typing import Any

from zabota.config.cli.trouble import Trouble
from zabota.contracts.docx.report import report


def run(arguments: Namespace) -> int:
    """0 when the file is fit for a form, 1 when it is refused or something in it has to change."""
    try:
        data = Path(arguments.file).read_bytes()
    except OSError as error:
        why = {"file": arguments.file, "why": error.strerror}
        raise Trouble(_("Cannot read %(file)s: %(why)s") % why) from error
    told = report(data)
    if arguments.json:
        print(json.dumps(told, ensure_ascii=False, indent=2))
    else:
        print("\n".join(lines(told)))
    return 0 if told.get("fit") else 1


def lines(told: dict[str, Any]) -> Iterator[str]:
    """The same for people: clauses with their numbers, fields, what was kept, what to mend."""
    if refused := told.get("refused"):
        yield _("The file is refused: %s") % code(refused)
        return
    yield from clauses(told["clauses"], 0)
    yield _("Fields: %s") % (", ".join(f"{f['name']} ({f['type']})" for f in told["fields"]) or "—")
    yield _("Kept as it is: %s") % (", ".join(thing["kind"] for thing in told["kept"]) or "—")
    for remark in told["warnings"]:
        yield _("To be looked at: %s") % code(remark)
    yield _("Fit for a form.") if told["fit"] else _("Not fit for a form yet.")


def clauses(told: list[dict[str, Any]], depth: int) -> Iterator[str]:
    for clause in told:
        words = " ".join(clause["text"].split())[:80]
        yield f"{'  ' * depth}{clause['number']} {words}".rstrip()
        yield from clauses(clause["children"], depth + 1)


def code(told: dict[str, Any]) -> str:
    """The machine's code with what it names."""
    params = ", ".join(f"{name}={value}" for name, value in told["params"].items())
    return f"{told['code']} ({params})" if params else str(told["code"])
