"""What a client's lawyer does to a contract in Word: with a record of changes, and without."""

import io
from copy import deepcopy
from typing import Any

from docx import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph

AUTHOR = "Юрист Романов"


class InWord:
    """A downloaded contract, open in Word."""

    def __init__(self, data: bytes) -> None:
        self.document = Document(io.BytesIO(data))

    def inserts(self, after: str, words: str) -> None:
        """Types words after those, with tracking on."""
        run = self._ending_with(after)
        fresh = deepcopy(run._r)
        fresh.find(qn("w:t")).text = words
        fresh.find(qn("w:t")).set(qn("xml:space"), "preserve")
        mark: Any = OxmlElement("w:ins")
        mark.set(qn("w:id"), "9001")
        mark.set(qn("w:author"), AUTHOR)
        mark.set(qn("w:date"), "2026-11-17T10:00:00Z")
        mark.append(fresh)
        run._r.addnext(mark)

    def changes_quietly(self, near: str, old: str, new: str) -> None:
        """Types over words of the paragraph where those stand, with tracking off."""
        run = next(run for run in self._found(near).runs if old in run.text)
        run.text = run.text.replace(old, new)

    def remarks(self, words: str, text: str) -> None:
        """Writes a comment in the margin beside these words."""
        self.document.add_comment(self._ending_with(words), text, author=AUTHOR, initials="Р")

    def saved(self) -> bytes:
        out = io.BytesIO()
        self.document.save(out)
        return out.getvalue()

    def _found(self, words: str) -> Paragraph:
        return next(one for one in self.document.paragraphs if words in one.text)

    def _ending_with(self, words: str) -> Any:
        """The run that ends with these words; it is cut there if it goes on."""
        run = next(run for run in self._found(words).runs if words in run.text)
        head, _, tail = run.text.partition(words)
        rest = deepcopy(run._r)
        run.text = head + words
        rest.find(qn("w:t")).text = tail
        rest.find(qn("w:t")).set(qn("xml:space"), "preserve")
        run._r.addnext(rest)
        return run
