"""Numbers that paragraphs take from their styles."""

from tests.contracts.docx.making import num, p
from tests.contracts.docx.test_number import LEGAL, document_of, outline


def test_numbering_by_style_follows_the_chain_and_the_tied_level():
    lists = (
        '<w:abstractNum w:abstractNumId="4"><w:lvl w:ilvl="0"><w:start w:val="1"/>'
        '<w:numFmt w:val="upperRoman"/><w:pStyle w:val="Chapter"/><w:lvlText w:val="%1."/></w:lvl>'
        '<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:pStyle w:val="Point"/>'
        '<w:isLgl/><w:lvlText w:val="%1.%2"/></w:lvl></w:abstractNum>' + num(7, 4)
    )
    counts = '<w:numPr><w:numId w:val="7"/></w:numPr>'
    styles = (
        f'<w:style w:type="paragraph" w:styleId="Chapter"><w:pPr>{counts}</w:pPr></w:style>'
        f'<w:style w:type="paragraph" w:styleId="Point"><w:pPr>{counts}</w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="Mine"><w:basedOn w:val="Point"/></w:style>'
    )
    body = (
        p("Предмет", '<w:pStyle w:val="Chapter"/>')
        + p("Товар", '<w:pStyle w:val="Point"/>')
        + p("Цена", '<w:pStyle w:val="Mine"/>')
        + p("без номера", '<w:pStyle w:val="Point"/><w:numPr><w:numId w:val="0"/></w:numPr>')
        + p("Срок", '<w:pStyle w:val="Chapter"/>')
        + p("Место", '<w:pStyle w:val="Point"/>')
    )
    document = document_of(body, numbering=lists, styles=styles)
    assert outline(document) == [
        "I. Предмет",
        "  1.1 Товар",
        "  1.2 Цена",
        "II. Срок",
        "  2.1 Место",
    ]
    loose = document.clauses[0].children[1].blocks[1]
    assert '<w:numId w:val="0"/>' in loose.properties


def test_a_style_inherits_its_list_and_its_level_each_by_itself():
    def style(name: str, base: str, counts: str) -> str:
        return (
            f'<w:style w:type="paragraph" w:styleId="{name}"><w:basedOn w:val="{base}"/>'
            f"<w:pPr><w:numPr>{counts}</w:numPr></w:pPr></w:style>"
        )

    styles = (
        style("One", "", '<w:numId w:val="1"/>')
        + style("Two", "One", '<w:ilvl w:val="1"/>')
        + style("Elsewhere", "Two", '<w:numId w:val="2"/>')
        + style("Nowhere", "Two", '<w:numId w:val="0"/>')
    )
    body = "".join(
        p(words, f'<w:pStyle w:val="{name}"/>')
        for words, name in (("а", "One"), ("б", "Two"), ("в", "Elsewhere"), ("г", "Nowhere"))
    )
    document = document_of(body, numbering=LEGAL + num(1, 1) + num(2, 1), styles=styles)
    assert outline(document) == ["1. а", "  1.1. б", "  1.2. в"]
