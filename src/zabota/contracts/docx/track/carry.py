"""What is deleted comes from the old file: its XML is made fit for the package of the new one.

Styles the new file does not know are left out; lists, pictures and other parts it points to are
taken along, under names of their own, unless the same is there already.
"""

import hashlib
import posixpath
from collections.abc import Iterator
from copy import deepcopy

from lxml import etree

from zabota.contracts.docx.package import R, Relation, W
from zabota.contracts.docx.track.pieces import CALLS, copy_of
from zabota.contracts.docx.write.parts import TYPES, Parts
from zabota.contracts.docx.write.xml import make, serialize

STYLED = ("pStyle", "rStyle", "tblStyle")


class Carrier:
    """Carries elements of one file into the package of another."""

    def __init__(self, old: Parts, new: Parts) -> None:
        self.old = old
        self.new = new
        self.deleted_notes: list[tuple[str, str, str]] = []
        self._styles = _style_ids(new)
        self._lists = _Lists(old.xml("numbering"), new.xml("numbering"))
        self._links = {link.id: link for link in old.links(old.main)}
        self._carried: dict[str, str] = {}
        self._added: dict[str, str] = {}
        self._note_number = 50_000

    def __call__(self, element: etree._Element) -> etree._Element:
        """A copy that may stand in the new file."""
        made = copy_of(element)
        for one in list(made.iter()):
            name = str(one.tag).removeprefix(W)
            if name in STYLED and one.get(f"{W}val", "") not in self._styles:
                _drop(one)
            elif name == "numId":
                one.set(f"{W}val", self._lists.there(one.get(f"{W}val", "")))
            elif one.tag in CALLS:
                self._call(one)
            self._relink(one)
        return made

    def finish(self) -> None:
        """Put the lists that were taken along into the numbering of the new file."""
        if self._lists.changed:
            assert self._lists.root is not None
            self.new.put("numbering", self._lists.root)

    def object_name(self, parts: Parts, element: etree._Element) -> str:
        """What a picture or another object is, whatever number the file gives to its parts."""
        links = {link.id: link for link in parts.links(parts.main)}
        made = copy_of(element)
        said = hashlib.sha256()
        for one in made.iter():
            for name in [name for name in one.attrib if str(name).startswith(R)]:
                link = links.get(str(one.attrib.pop(name)))
                said.update(b"" if link is None else _bytes_of(parts, link))
            for name in [n for n in one.attrib if str(n).rpartition("}")[2] in ("id", "paraId")]:
                del one.attrib[name]
        said.update(etree.tostring(made))
        return said.hexdigest()[:24]

    def _call(self, call: etree._Element) -> None:
        """A note that went keeps its words, under a number of its own."""
        self._note_number += 1
        kind = CALLS[str(call.tag)]
        self.deleted_notes.append((kind, call.get(f"{W}id", ""), str(self._note_number)))
        call.set(f"{W}id", str(self._note_number))

    def _relink(self, element: etree._Element) -> None:
        for name in [name for name in element.attrib if str(name).startswith(R)]:
            link = self._links.get(str(element.get(name)))
            target = None if link is None else self._link(link)
            if target is None:
                del element.attrib[name]
            else:
                element.set(name, target)

    def _link(self, link: Relation) -> str | None:
        """The relation of the new file to the same part or address; none to what is lost."""
        for there in self.new.links(self.new.main):
            same = (there.type, there.target, there.external)
            if same == (link.type, link.target, link.external) and (
                link.external or _bytes_of(self.new, there) == _bytes_of(self.old, link)
            ):
                return there.id
        if link.external or link.target not in self.old.files:
            return None
        if link.id not in self._added:
            target = self._part(link.target)
            self._added[link.id] = _add_link(self.new, self.new.main, link.type, target)
        return self._added[link.id]

    def _part(self, name: str) -> str:
        """Take a part along, with the parts it needs itself."""
        if name not in self._carried:
            stem, ending = posixpath.splitext(name)
            fresh = f"{stem}-old{ending}"
            self._carried[name] = fresh
            self.new.files[fresh] = self.old.files[name]
            _copy_type(self.old, self.new, name, fresh)
            links = [x for x in self.old.links(name) if not x.external]
            for link in links:
                if link.target in self.old.files:
                    _add_link(self.new, fresh, link.type, self._part(link.target), link.id)
        return self._carried[name]


class _Lists:
    """Lists of the old file in the numbering of the new one."""

    def __init__(self, old: etree._Element | None, root: etree._Element | None) -> None:
        self.root = root
        self.changed = False
        self._old = _definitions(old)
        self._new = {said: name for name, (said, _, _) in _definitions(root).items()}
        self._known: dict[str, str] = {}

    def there(self, name: str) -> str:
        """The list that counts in the same way in the new file."""
        if name not in self._old:
            return name if name == "0" else "0"
        if name not in self._known:
            said = self._old[name][0]
            self._known[name] = self._new.get(said) or self._added(name)
        return self._known[name]

    def _added(self, name: str) -> str:
        _, number, definition = self._old[name]
        if self.root is None:
            self.root = make("numbering")
        abstract = str(1 + max((_id(x, "abstractNumId") for x in self.root), default=0))
        fresh = str(1 + max((_id(x, "numId") for x in self.root), default=0))
        number, definition = deepcopy(number), deepcopy(definition)
        definition.set(f"{W}abstractNumId", abstract)
        number.set(f"{W}numId", fresh)
        pointer = number.find(f"{W}abstractNumId")
        assert pointer is not None
        pointer.set(f"{W}val", abstract)
        last = self.root.findall(f"{W}abstractNum")
        self.root.insert(self.root.index(last[-1]) + 1 if last else 0, definition)
        numbers = self.root.findall(f"{W}num")
        place = self.root.index(numbers[-1]) + 1 if numbers else len(self.root)
        self.root.insert(place, number)
        self.changed = True
        return fresh


def _definitions(
    root: etree._Element | None,
) -> dict[str, tuple[str, etree._Element, etree._Element]]:
    """Lists by number: how they count (equal for equal ones), the list, its definition."""
    if root is None:
        return {}
    abstract = {x.get(f"{W}abstractNumId", ""): x for x in root.findall(f"{W}abstractNum")}
    said = {name: _inside(x) for name, x in abstract.items()}
    found = {}
    for number in root.findall(f"{W}num"):
        pointer = number.find(f"{W}abstractNumId")
        name = "" if pointer is None else pointer.get(f"{W}val", "")
        if name in abstract:
            own = "".join(_inside(x) + str(x.attrib) for x in number.findall(f"{W}lvlOverride"))
            key = f"{name}|{said[name]}|{own}"
            found[number.get(f"{W}numId", "")] = (key, number, abstract[name])
    return found


def _inside(element: etree._Element) -> str:
    return "".join(etree.tostring(x, encoding="unicode", with_tail=False) for x in element)


def _id(element: etree._Element, name: str) -> int:
    said = element.get(f"{W}{name}", "")
    return int(said) if said.isdigit() else 0


def _style_ids(parts: Parts) -> frozenset[str]:
    root = parts.xml("styles")
    found: Iterator[etree._Element] = iter(()) if root is None else root.iter(f"{W}style")
    return frozenset(style.get(f"{W}styleId", "") for style in found)


def _drop(element: etree._Element) -> None:
    owner = element.getparent()
    if owner is not None:
        owner.remove(element)


def _bytes_of(parts: Parts, link: Relation) -> bytes:
    return link.target.encode() if link.external else parts.files.get(link.target, b"")


def _add_link(parts: Parts, name: str, kind: str, target: str, chosen: str = "") -> str:
    folder, leaf = posixpath.split(name)
    place = posixpath.join(folder, "_rels", f"{leaf}.rels")
    namespace = "http://schemas.openxmlformats.org/package/2006/relationships"
    data = parts.files.get(place, f'<Relationships xmlns="{namespace}"/>'.encode())
    root = etree.fromstring(data)
    taken = {link.get("Id") for link in root}
    fresh = chosen or next(n for i in range(len(taken) + 1) if (n := f"rIdOld{i}") not in taken)
    link = etree.SubElement(root, f"{{{namespace}}}Relationship")
    link.set("Id", fresh)
    link.set("Type", kind)
    link.set("Target", "/" + target)
    parts.files[place] = serialize(root)
    return fresh


def _copy_type(old: Parts, new: Parts, name: str, fresh: str) -> None:
    ending = posixpath.splitext(name)[1].lstrip(".").lower()
    for one in old.types:
        if one.get("PartName", "") == f"/{name}":
            _add_type(new, "Override", "PartName", f"/{fresh}", one.get("ContentType", ""))
            return
    for one in old.types:
        if one.get("Extension", "").lower() == ending:
            _add_type(new, "Default", "Extension", ending, one.get("ContentType", ""))
            return


def _add_type(parts: Parts, tag: str, name: str, said: str, content_type: str) -> None:
    if any(one.get(name, "").lower() == said.lower() for one in parts.types):
        return
    # Defaults stand before overrides in what Word writes; either order is read.
    one = etree.Element(f"{TYPES}{tag}")
    one.set(name, said)
    one.set("ContentType", content_type)
    parts.types.insert(0, one) if tag == "Default" else parts.types.append(one)
