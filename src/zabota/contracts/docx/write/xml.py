"""Making WordprocessingML: elements, properties in the order the schema wants, safe text."""

import re
from typing import Final

from lxml import etree

from zabota.contracts.docx.package import W, parse

NAMESPACE: Final = W.strip("{}")
XML_SPACE: Final = "{http://www.w3.org/XML/1998/namespace}space"
ILLEGAL: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def _names(names: str) -> tuple[str, ...]:
    return tuple(names.split())


# ECMA-376 part 1: properties stand in the order of their schema, or Word calls the file damaged.
ORDER: Final[dict[str, tuple[str, ...]]] = {
    "pPr": _names(
        """pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers
        pBdr shd tabs suppressAutoHyphens kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE
        autoSpaceDN bidi adjustRightInd snapToGrid spacing ind contextualSpacing mirrorIndents
        suppressOverlap jc textDirection textAlignment textboxTightWrap outlineLvl divId cnfStyle
        rPr sectPr pPrChange"""
    ),
    "rPr": _names(
        """rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint
        noProof snapToGrid vanish webHidden color spacing w kern position sz szCs highlight u effect
        bdr shd fitText vertAlign rtl cs em lang"""
    ),
    "tcPr": _names(
        """cnfStyle tcW gridSpan hMerge vMerge tcBorders shd noWrap tcMar textDirection tcFitText
        vAlign hideMark"""
    ),
    "tblPr": _names(
        """tblStyle tblpPr tblOverlap bidiVisual tblStyleRowBandSize tblStyleColBandSize tblW jc
        tblCellSpacing tblInd tblBorders shd tblLayout tblCellMar tblLook"""
    ),
}


def make(tag: str, *children: etree._Element, **attributes: str | int) -> etree._Element:
    """A `w:` element; attributes are `w:` ones."""
    element = etree.Element(f"{W}{tag}", nsmap={"w": NAMESPACE})
    for name, value in attributes.items():
        element.set(f"{W}{name}", str(value))
    element.extend(children)
    return element


def properties(tag: str, xml: str) -> etree._Element:
    """Properties as they came with the text, or an empty element when none did."""
    if not xml:
        return make(tag)
    root = parse(f'<w:x xmlns:w="{NAMESPACE}">{xml}</w:x>'.encode(), tag)
    if len(root) == 1 and root[0].tag == f"{W}{tag}":
        return root[0]
    return make(tag, *root)


def put(owner: etree._Element, element: etree._Element) -> None:
    """Set one property of `owner` in its place, instead of the one it had."""
    take(owner, etree.QName(element).localname)
    order = ORDER[etree.QName(owner).localname]
    rank = _rank(order, element)
    for place, child in enumerate(owner):
        if _rank(order, child) > rank:
            owner.insert(place, element)
            return
    owner.append(element)


def take(owner: etree._Element, *names: str) -> None:
    """Remove properties of `owner` by name."""
    for name in names:
        for child in owner.findall(f"{W}{name}"):
            owner.remove(child)


def words(text: str) -> etree._Element:
    """A `w:t`; characters that XML cannot hold become a sign for «unreadable»."""
    element = make("t")
    element.text = clean(text)
    element.set(XML_SPACE, "preserve")
    return element


def clean(text: str) -> str:
    """Text without the characters XML cannot hold."""
    return ILLEGAL.sub("\ufffd", text)


def serialize(root: etree._Element) -> bytes:
    """A whole part as bytes."""
    etree.cleanup_namespaces(root, keep_ns_prefixes=list(_declared(root)))
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _declared(root: etree._Element) -> set[str]:
    """Prefixes that must stay: mc:Ignorable names them in words."""
    return {prefix for prefix in root.nsmap if prefix}


def _rank(order: tuple[str, ...], element: etree._Element) -> int:
    name = etree.QName(element).localname
    return order.index(name) if name in order else len(order)
