"""Reading HTML as a lawyer does who accepts or rejects all changes: knows nothing of the engine.

What goes: `del` when accepting, `ins` when rejecting, and rows, cells, tables, notes and clauses
marked "deleted" or "inserted". A paragraph whose mark goes runs on into the next one.
"""

from typing import Any, Literal

from lxml import html as lxml_html

Mode = Literal["clean", "accept", "reject"]
MARKS = {"b", "i", "u", "sub", "sup", "s"}
Read = list[tuple[Any, ...]]


def read(page: str, mode: Mode, *, marks: bool = False) -> Read:
    """The structure and text of a page: paragraphs, tables of cells, notes, clauses."""
    root = lxml_html.fragment_fromstring(page, create_parent="div")
    return _children(root, mode, marks)


def _gone(node: Any, mode: Mode) -> bool:
    classes = (node.get("class") or "").split()
    if mode == "accept":
        return node.tag == "del" or (node.tag != "p" and "deleted" in classes)
    if mode == "reject":
        return node.tag == "ins" or (node.tag != "p" and "inserted" in classes)
    assert node.tag not in ("ins", "del"), "a clean text bears no changes"
    return False


def _children(node: Any, mode: Mode, marks: bool) -> Read:
    result: Read = []
    pending: list[Any] = []
    for child in node:
        if _gone(child, mode):
            continue
        if child.tag == "p":
            letters, ends = _paragraph(child, mode, marks)
            pending += letters
            if ends:
                result.append(("p", _told(pending, marks)))
                pending = []
            continue
        if child.tag == "table":
            rows = [row for row in child.iter("tr") if row.getparent().getparent() is child]
            result.append(
                ("table", [_row(row, mode, marks) for row in rows if not _gone(row, mode)])
            )
        elif child.tag == "section":
            (number, text) = child
            name = _told(_letters(number, mode, False), False)
            inner = _children(text, mode, marks)
            result.append(
                ("clause", child.get("data-clause"), child.get("data-depth"), name, inner)
            )
        elif child.tag == "aside":
            notes = [note for note in child if not _gone(note, mode)]
            result += [_note(note, mode, marks) for note in notes]
        else:
            raise AssertionError(f"a block of another kind: {child.tag}")
    assert not pending, "words of a paragraph without an end"
    return result


def _row(row: Any, mode: Mode, marks: bool) -> list[Any]:
    return [_children(cell, mode, marks) for cell in row if not _gone(cell, mode)]


def _note(note: Any, mode: Mode, marks: bool) -> tuple[Any, ...]:
    number = note[0]
    told = _told(_letters(number, mode, False), False)
    note.remove(number)
    return ("note", told, _children(note, mode, marks))


def _paragraph(node: Any, mode: Mode, marks: bool) -> tuple[list[Any], bool]:
    own = [mark for mark in node.iter("ins", "del") if "para" in mark.get("class", "").split()]
    assert len(own) <= 1
    ends = not any(
        _gone(step, mode) for mark in own for step in (mark, *mark.iterancestors("ins", "del"))
    )
    for mark in own:
        mark.drop_tree()
    return _letters(node, mode, marks), ends


def _letters(node: Any, mode: Mode, marks: bool, around: frozenset[str] = frozenset()) -> list[Any]:
    """Letters with the marks they stand under."""
    if node.tag == "br":
        return [("\n", around)]
    if "page" in (node.get("class") or "").split():
        return [("\f", around)]
    inside = around | {node.tag} if marks and node.tag in MARKS else around
    found = [(letter, inside) for letter in node.text or ""]
    for child in node:
        if not _gone(child, mode):
            found += _letters(child, mode, marks, inside)
        found += [(letter, inside) for letter in child.tail or ""]
    return found


def _told(letters: list[Any], marks: bool) -> Any:
    return letters if marks else "".join(letter for letter, _ in letters)
