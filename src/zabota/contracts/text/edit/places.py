"""The texts of a clause as its form shows and posts them: by place, with a revision each."""

import hashlib

from zabota.contracts.text.edit.parts import Part, from_parts, parts
from zabota.contracts.text.tree import Block


def plain_parts(blocks: tuple[Block, ...]) -> dict[str, str]:
    """The editable texts of a clause by their place in it: "0", "1", …; places outlive an autosave
    that adds a paragraph, keys of the engine do not."""
    found: tuple[Part, ...] = parts(blocks)
    return {str(place): part.plain for place, part in enumerate(found)}


def revision_of(text: str) -> str:
    """Which text a writer began from: equal texts have equal revisions, whoever saved them."""
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def edited(before: tuple[Block, ...], texts: dict[str, str], fields: set[str]) -> tuple[Block, ...]:
    """The wording after an edit given by place; EditProblem says what cannot be taken over."""
    keys = [part.key for part in parts(before)]
    changes = {
        keys[int(place)]: text
        for place, text in texts.items()
        if place.isdecimal() and int(place) < len(keys)
    }
    return from_parts(before, changes, fields=fields)
