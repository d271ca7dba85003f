"""References of a clause by the numbers their readers see: `{{#id}}` is edited as `{{cl. 4.2}}`;
and what is kept of a Word file by what it is: `{{!key}}` as `{{Picture}}`.

What a number meant goes with the text that was typed: numbers move when clauses do, references do
not. So a page keeps the names it was opened with and sends them along with what was typed.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.utils.text import Truncator
from django.utils.translation import gettext as _

from zabota.contracts.kept_words import kept_name
from zabota.contracts.stored import Tree, load_texts
from zabota.contracts.text.edit import to_plain
from zabota.contracts.text.edit.plain import tokens_of
from zabota.contracts.text.notes import note_numbers
from zabota.contracts.text.numbering import numbers, paragraphs_of, plain_number
from zabota.contracts.text.tree import Block, Kept

MOST = 200  # references one clause may tell of
LONGEST = 100  # characters of a token, or of its name
MOST_WORDS = 30  # of what a reader would read in a kept object


def reference_names(
    clauses: Mapping[str, str], notes: Mapping[str, str], *wordings: Sequence[Block]
) -> dict[str, str]:
    """What the references and the kept objects of these wordings are called, by their token; a
    reference to what is gone, or has no number, keeps its token. `clauses` and `notes` are numbers
    by id.
    """
    found = {f"!{kept.key}": _kept(kept) for blocks in wordings for kept in _kept_in(blocks)}
    for token in sorted({name for blocks in wordings for name in tokens_of(to_plain(blocks))}):
        if token[0] == "#" and (number := clauses.get(token[1:])):
            found[token] = _("cl. %(number)s") % {"number": number}
        elif token[0] == "^" and (number := notes.get(token[1:])):
            found[token] = _("note %(number)s") % {"number": number}
    return found


def references_in(tree: Tree, *wordings: Sequence[Block]) -> dict[str, str]:
    """The same by the numbers of a stored text, which is read only where it is asked about."""
    tokens = {name for blocks in wordings for name in tokens_of(to_plain(blocks))}
    if not any(name[0] in "#^" for name in tokens):
        return reference_names({}, {}, *wordings)
    (text,) = load_texts(tree)
    shown = {id_: plain_number(number) for id_, number in numbers(text.document).items()}
    return reference_names(shown, note_numbers(text.document), *wordings)


def _kept_in(blocks: Sequence[Block]) -> Iterator[Kept]:
    for paragraph in paragraphs_of(tuple(blocks)):
        yield from (run for run in paragraph.runs if isinstance(run, Kept))


def _kept(kept: Kept) -> str:
    """«Рисунок», «Формула: a² + b²»: what it is, and what a reader would read in it."""
    words = str(Truncator(kept.words).chars(MOST_WORDS)) if kept.words else ""
    return f"{kept_name(kept.kind)}: {words}" if words else kept_name(kept.kind)


def references_sent(told: Any) -> dict[str, str]:
    """The names a page was opened with, as it sends them back; what is no such thing is nothing.

    Trusted no further than a name goes: a reference that did not stand in the clause is refused
    when it is saved, whoever names it.
    """
    try:
        names = json.loads(str(told or "{}"))
    except ValueError:
        return {}
    if not isinstance(names, dict) or len(names) > MOST:
        return {}
    return {token: name for token, name in names.items() if _is_reference(token, name)}


def references_told(names: Mapping[str, str]) -> str:
    """The names as a page keeps them; "" where there are none."""
    return json.dumps(names, ensure_ascii=False) if names else ""


def _is_reference(token: str, name: Any) -> bool:
    return (
        token[:1] in ("#", "^", "!")
        and isinstance(name, str)
        and 1 < len(token) <= LONGEST
        and len(name) <= LONGEST
    )
