"""What an engine says of a word, and how sure it is of it."""

from dataclasses import dataclass
from typing import Final, Literal

Case = Literal["nom", "gen", "dat", "acc", "ins", "loc"]
Gender = Literal["m", "f", "n"]
CASES: Final[tuple[Case, ...]] = ("nom", "gen", "dat", "acc", "ins", "loc")
# Below this a person is asked before the words are used.
LINE: Final = 0.8


@dataclass(frozen=True, slots=True)
class Said:
    """Words in the form asked for; `confidence` is between 0 (a guess) and 1 (a rule)."""

    text: str
    confidence: float = 1.0

    @property
    def is_sure(self) -> bool:
        """Whether it may be used unasked; what is not sure is shown to a person first."""
        return self.confidence >= LINE


def joined(parts: list[Said], between: str = " ") -> Said:
    """Several words as one: no surer than the least sure of them."""
    return Said(
        between.join(part.text for part in parts),
        min((part.confidence for part in parts), default=1.0),
    )
