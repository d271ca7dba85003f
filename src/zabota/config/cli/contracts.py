"""`zabota contracts import-template FILE.docx`: what a form would be made of; nothing is stored."""

import json
from argparse import Namespace
from collections import Counter
from collections.abc import Iterator
from gettext import gettext as _
from pathlib import Path
from typing import Any

from django.utils.translation import override

from zabota.config.cli.trouble import Trouble
from zabota.contracts.desk.forms_words import remark_words
from zabota.contracts.docx.refusal import Refused
from zabota.contracts.docx.report import report
from zabota.contracts.docx_words import refusal_words
from zabota.contracts.kept_words import kept_name


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
        with override(arguments.lang):
            print("\n".join(lines(told)))
    return 0 if told.get("fit") else 1


def lines(told: dict[str, Any]) -> Iterator[str]:
    """The same for people: clauses with their numbers, fields, what was kept, what to mend."""
    if refused := told.get("refused"):
        yield _("The file is refused: %s") % refusal_words(
            Refused(refused["code"], **refused["params"])
        )
        return
    yield from clauses(told["clauses"], 0)
    yield _("Fields: %s") % (", ".join(f"{f['name']} ({f['type']})" for f in told["fields"]) or "—")
    yield _("Kept as it is: %s") % (", ".join(_kept(told["kept"])) or "—")
    for remark in told["warnings"]:
        yield _("To be looked at: %s") % remark_words(remark["code"], remark["params"])
    yield _("Fit for a form.") if told["fit"] else _("Not fit for a form yet.")


def clauses(told: list[dict[str, Any]], depth: int) -> Iterator[str]:
    for clause in told:
        words = " ".join(clause["text"].split())[:80]
        yield f"{'  ' * depth}{clause['number']} {words}".rstrip()
        yield from clauses(clause["children"], depth + 1)


def _kept(things: list[dict[str, Any]]) -> Iterator[str]:
    """Each sort of kept thing once, with how many of it there are."""
    for kind, count in Counter(thing["kind"] for thing in things).items():
        name = kept_name(kind)
        name = name.lower() if name == name.capitalize() else name
        yield f"{name} × {count}" if count > 1 else name
