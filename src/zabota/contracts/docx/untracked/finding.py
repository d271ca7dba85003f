"""One thing found in a returned file that nobody recorded, or that hides from a reader."""

from dataclasses import dataclass
from typing import Final, Literal

Kind = Literal[
    "words",
    "digits",
    "lookalike",
    "invisible",
    "added",
    "deleted",
    "moved",
    "number",
    "typed_number",
    "object",
    "hidden",
    "white",
    "tiny",
    "reversed",
    "look",
]
Where = Literal["body", "header", "footer", "elsewhere", "everywhere"]
# What a reader of the file cannot see there, whether it was recorded or not.
CONCEALED: Final = frozenset({"hidden", "white", "tiny", "reversed", "invisible", "lookalike"})


@dataclass(frozen=True, slots=True)
class Finding:
    """What was changed with tracking off, or is hidden in the file.

    `clause` is its id in the text that was sent ("" where it stands in none), in the returned file
    for one that is new; `number` as its reader sees it. `old` and `new` are plain words: what was
    sent and what stands there now. Kinds: `words` other words; `digits` the same but for numbers;
    `lookalike` letters of another alphabet that look the same; `invisible` characters of no width
    or that turn the direction of text; `added`, `deleted`, `moved` whole clauses; `number` counted
    otherwise; `typed_number` typed by hand in place of a counted one; `object` a picture or the
    like; `hidden`, `white`, `tiny`, `reversed` words that are not seen as they are; `look` the
    same words in another look, `old` saying which by the codes of `untracked.restyled`.
    """

    kind: Kind
    clause: str = ""
    number: str = ""
    old: str = ""
    new: str = ""
    where: Where = "body"

    @property
    def concealed(self) -> bool:
        """Whether it hides from whoever reads the file, rather than only from its record."""
        return self.kind in CONCEALED
