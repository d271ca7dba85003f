"""`zabota compare OLD.docx NEW.docx -o REDLINE.docx`: tracked changes between two files, proved."""

import json
from argparse import Namespace
from collections.abc import Iterator
from gettext import gettext as _
from gettext import ngettext
from pathlib import Path
from typing import Any

from django.utils.translation import override

from zabota.common import clock
from zabota.config.cli.trouble import Trouble
from zabota.contracts.docx.track import Hand
from zabota.contracts.docx.track.told import FileRefused, compare_files
from zabota.contracts.docx_words import refusal_words

LONGEST = 100


def run(arguments: Namespace) -> int:
    """0 when the redline is proved; 1 when a file is refused or nothing proves."""
    old, new = _bytes(arguments.old), _bytes(arguments.new)
    try:
        compared = compare_files(old, new, Hand(arguments.author or "Zabota", clock.now()))
    except FileRefused as refused:
        return _refused(refused, arguments)
    if compared.data is not None and arguments.output:
        _write(arguments.output, compared.data)
    told = {"redline": arguments.output if compared.data else None, **compared.told}
    if arguments.json:
        print(json.dumps(told, ensure_ascii=False, indent=2))
    else:
        print("\n".join(lines(told, arguments)))
    return 0 if told["proved"] else 1


def lines(told: dict[str, Any], arguments: Namespace) -> Iterator[str]:
    """The same for people."""
    files = {"old": arguments.old, "new": arguments.new}
    if not told["proved"]:
        yield _("No redline of these files could be proved, so none was written.")
        for place in told["differences"][:5]:
            yield f"  {_short(place['wanted'])} ≠ {_short(place['found'])}"
    else:
        if told["redline"]:
            yield _("Written: %s") % told["redline"]
        yield _("Proved: accepting all changes gives %(new)s, rejecting all %(old)s.") % files
        yield from _counts(told["counts"])
    yield (
        _("Clauses: changed %(changed)d, added %(added)d, deleted %(deleted)d, moved %(moved)d.")
        % told["clauses"]
    )
    if whole := told.get("replaced_whole"):
        yield _("Shown as replaced whole:")
        yield from (f"  {name}" for name in whole)
    yield from _untracked(told["untracked"], arguments.new)


def _counts(counts: dict[str, int]) -> Iterator[str]:
    yield _("Insertions: %(insertions)d, deletions: %(deletions)d, other looks: %(formats)d.") % (
        counts
    )
    if counts["rows_inserted"] or counts["rows_deleted"] or counts["cells_changed"]:
        yield (
            _(
                "In tables: rows added %(rows_inserted)d, rows deleted %(rows_deleted)d,"
                " cells changed %(cells_changed)d."
            )
            % counts
        )


def _untracked(found: list[dict[str, Any]] | None, name: str) -> Iterator[str]:
    """Only a file with tracked changes of its own can have others."""
    if found is None:
        return
    if not found:
        yield _("Nothing was changed in %s without a record.") % name
        return
    yield ngettext(
        "%(file)s has %(count)d change without a record:",
        "%(file)s has %(count)d changes without a record:",
        len(found),
    ) % {"file": name, "count": len(found)}
    for one in found:
        words = f"{_short([one['old']])} → {_short([one['new']])}"
        yield f"  {one['number']} {one['kind']}: {words}".rstrip()


def _refused(refused: FileRefused, arguments: Namespace) -> int:
    name = arguments.old if refused.which == "old" else arguments.new
    with override(arguments.lang):
        why = refusal_words(refused.refusal)
    if arguments.json:
        told = {"file": name, "code": refused.refusal.code, "words": why}
        print(json.dumps({"proved": False, "refused": told}, ensure_ascii=False, indent=2))
    else:
        print(_("%(file)s is refused: %(why)s") % {"file": name, "why": why})
    return 1


def _short(words: list[str]) -> str:
    said = " ".join(" / ".join(words).split())
    return f"«{said[:LONGEST]}…»" if len(said) > LONGEST else f"«{said}»"


def _bytes(name: str) -> bytes:
    try:
        return Path(name).read_bytes()
    except OSError as error:
        why = {"file": name, "why": error.strerror}
        raise Trouble(_("Cannot read %(file)s: %(why)s") % why) from error


def _write(name: str, data: bytes) -> None:
    try:
        Path(name).write_bytes(data)
    except OSError as error:
        why = {"file": name, "why": error.strerror}
        raise Trouble(_("Cannot write %(file)s: %(why)s") % why) from error
