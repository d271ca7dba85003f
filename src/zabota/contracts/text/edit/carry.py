"""Carrying marks, tokens and paragraph properties over from the old wording to the edited one."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from zabota.contracts.compare.atoms import END, Atom, flow, merged
from zabota.contracts.compare.readable import Stretch
from zabota.contracts.compare.words import closest
from zabota.contracts.text.tree import Break, Field, Kept, Mark, Paragraph, Reference, Run, Text

_NEVER_SPREAD: frozenset[Mark] = frozenset(("sub", "sup"))


def carried(old: Sequence[Paragraph], new: Sequence[Sequence[Run]]) -> list[Paragraph]:
    """Paragraphs of the new runs: unchanged words keep their marks, new ones take a neighbour's.

    `old` has at least one paragraph. A line that is new takes the look of the paragraph it was
    split from; a token moved within these paragraphs keeps its marks.
    """
    before, after = flow(old), flow(Paragraph(tuple(runs)) for runs in new)
    found = closest(before, after)
    writer = _Writer(old, before, _loose_tokens(found, before))
    for stretch in found:
        if stretch.equal:
            writer.keep(stretch)
        else:
            writer.change(stretch, after)
    return writer.done


def _loose_tokens(found: Sequence[Stretch], old: Sequence[Atom]) -> dict[str, list[Run]]:
    """Tokens that no longer stand where they stood, for whoever finds them elsewhere."""
    loose: dict[str, list[Run]] = {}
    for stretch in found:
        if not stretch.equal:
            for atom in old[stretch.i : stretch.i_end]:
                if atom.key[:1] == "\x00" and atom.key != END:
                    loose.setdefault(atom.key, []).append(atom.runs[0])
    return loose


@dataclass(slots=True)
class _Writer:
    """Writes paragraphs from left to right; `place` is the old paragraph it is in."""

    old: Sequence[Paragraph]
    before: Sequence[Atom]
    loose: dict[str, list[Run]]
    done: list[Paragraph] = field(default_factory=list)
    runs: list[Run] = field(default_factory=list)
    place: int = 0
    inside: bool = False

    def keep(self, stretch: Stretch) -> None:
        for atom in self.before[stretch.i : stretch.i_end]:
            if atom.key == END:
                self._close(self.old[self.place])
                self.place, self.inside = self.place + 1, False
            else:
                self.runs += atom.runs
                self.inside = True

    def change(self, stretch: Stretch, after: Sequence[Atom]) -> None:
        gone = self.before[stretch.i : stretch.i_end]
        looks = [run.marks for atom in gone for run in atom.runs[:1] if isinstance(run, Text)]
        ends = sum(atom.key == END for atom in gone)
        closing = list(self.old[self.place : self.place + ends])
        following = self.before[stretch.i_end] if stretch.i_end < len(self.before) else None
        written = 0
        for atom in after[stretch.j : stretch.j_end]:
            if atom.key == END:
                self._close(closing.pop(0) if closing else self._split_from())
                continue
            marks = looks[min(written, len(looks) - 1)] if looks else self._near(following)
            written += 1
            self.runs += self._new(atom, marks)
        if gone:
            self.place += ends
            self.inside = gone[-1].key != END

    def _new(self, atom: Atom, marks: tuple[Mark, ...]) -> list[Run]:
        waiting = self.loose.get(atom.key)
        if waiting:
            return [waiting.pop(0)]
        return [_marked(run, marks) for run in atom.runs]

    def _split_from(self) -> Paragraph:
        """Whose look a new paragraph takes: a section ends only where it ended."""
        at = self.place if self.inside or self.place == 0 else self.place - 1
        return replace(self.old[min(at, len(self.old) - 1)], section="")

    def _near(self, following: Atom | None) -> tuple[Mark, ...]:
        """The marks of the word before, at the beginning of a paragraph of the word after."""
        after = _look(following.runs[:1]) if following else None
        before = _look(self.runs[::-1])
        if before is None:
            return after or ()
        return tuple(mark for mark in before if mark not in _NEVER_SPREAD or mark in (after or ()))

    def _close(self, like: Paragraph) -> None:
        runs = merged(self.runs)
        self.done.append(like if runs == like.runs else replace(like, runs=runs))
        self.runs = []


def _look(runs: Sequence[Run]) -> tuple[Mark, ...] | None:
    """The marks of the nearest words or field; signs, breaks and note marks say nothing."""
    for run in runs:
        if isinstance(run, Text | Field):
            return run.marks
        if isinstance(run, Reference) and run.kind == "clause":
            return run.marks
    return None


def _marked(run: Run, marks: tuple[Mark, ...]) -> Run:
    if isinstance(run, Break | Kept):
        return run
    if isinstance(run, Reference) and run.kind == "note":
        return run
    return replace(run, marks=marks)
