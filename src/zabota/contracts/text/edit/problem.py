"""Why an edited text cannot be taken over as it is."""

from dataclasses import dataclass, field


@dataclass(eq=False)
class EditProblem(Exception):
    """What is wrong, and where, for the page to put into words; nothing typed is lost.

    Codes: `part_unknown` (part), `too_long` (part, length, limit), `token_broken` (part, line,
    text), `token_unknown` (part, line, token), `token_repeated` (token), `rows_changed` (a table
    has other rows by now). Lines count from 1.
    """

    code: str
    params: dict[str, str | int] = field(default_factory=dict)

    def __str__(self) -> str:
        return f"{self.code} {self.params}"
