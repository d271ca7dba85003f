"""What stands in the places for values of a file of ours: in each, where a value recurs."""

from collections.abc import Iterable, Mapping

from lxml import etree

from zabota.contracts.docx.package import Package, W
from zabota.contracts.docx.read.revisions import settle
from zabota.contracts.docx.write import FIELD_TAG


def typed_values(data: bytes, *, accept: bool) -> dict[str, list[str]]:
    """Name of a field -> what each of its places holds, in reading order; empty places as "".

    The file has passed the guard. A name cut off by Word's limit of tags is not among them.
    """
    package = Package(data)
    names = [package.main, *package.related(package.main, "footnotes")]
    found: dict[str, list[str]] = {}
    for name in names:
        root = package.xml(name)
        if root is None:
            continue
        settle(root, accept=accept)
        for control in root.iter(f"{W}sdt"):
            tag = control.find(f"{W}sdtPr/{W}tag")
            told = "" if tag is None else tag.get(f"{W}val", "")
            if told.startswith(FIELD_TAG):
                found.setdefault(told.removeprefix(FIELD_TAG), []).append(_words(control))
    return found


def changed_values(
    typed: Mapping[str, Iterable[str]], shown: Mapping[str, str]
) -> tuple[dict[str, str], list[str]]:
    """Values that differ from those shown when the file was sent: one place changed is enough. The
    second part names values that now stand in two different ways."""
    found: dict[str, str] = {}
    torn: list[str] = []
    for name, places in typed.items():
        new = list(dict.fromkeys(text for text in places if text != shown.get(name, "")))
        if new:
            found[name] = new[0]
        if len(new) > 1:
            torn.append(name)
    return found, torn


def _words(control: etree._Element) -> str:
    if control.find(f"{W}sdtPr/{W}showingPlcHdr") is not None:
        return ""
    said = []
    for element in control.iter(f"{W}t", f"{W}br", f"{W}noBreakHyphen"):
        if element.tag == f"{W}t":
            said.append(element.text or "")
        else:
            said.append("\n" if element.tag == f"{W}br" else "\u2011")
    words = "".join(said)
    return words.strip() if words.strip(" _") else ""
