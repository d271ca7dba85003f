"""Each thing a Word file may hold is read, kept and named, or refused."""

import pytest

from tests.contracts.docx.making import abstract, cell, counted, docx, num, p, row, table
from zabota.contracts.docx.read import FORM_FAULTS, Refused, read
from zabota.contracts.text.numbering import clauses_of, numbers, paragraph_numbers
from zabota.contracts.text.tree import Break, Field, Kept, Note, Paragraph, Reference, Table, Text
from zabota.contracts.text.words import plain_text

BOX = (
    '<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:inline>'
    "<wps:txbx><w:txbxContent>" + p("В рамке") + "</w:txbxContent></wps:txbx>"
    "</wp:inline></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox><w:txbxContent>"
    + p("В рамке") + "</w:txbxContent></v:textbox></w:pict></mc:Fallback>"
    "</mc:AlternateContent></w:r>"
)  # fmt: skip


def run(words: str, look: str = "") -> str:
    return f'<w:r><w:rPr>{look}</w:rPr><w:t xml:space="preserve">{words}</w:t></w:r>'


def field(instruction: str, result: str) -> str:
    def char(kind: str) -> str:
        return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'

    code = f'<w:r><w:instrText xml:space="preserve">{instruction}</w:instrText></w:r>'
    return f"{char('begin')}{code}{char('separate')}{run(result)}{char('end')}"


def runs(body: str, **parts):
    (first,) = read(docx(body, **parts)).document.clauses[0].blocks
    return first.runs


def para(inside: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr>{inside}</w:p>"


def test_marks_are_read_with_those_of_the_character_style():
    styles = (
        '<w:style w:type="character" w:styleId="Term"><w:rPr><w:i/></w:rPr></w:style>'
        '<w:style w:type="character" w:styleId="Sub" ><w:basedOn w:val="Term"/></w:style>'
    )
    look = '<w:rStyle w:val="Sub"/><w:b/><w:u w:val="single"/><w:vertAlign w:val="superscript"/>'
    found = runs(para(run("Товар", look) + run("!", '<w:b w:val="0"/>')), styles=styles)
    assert found == (Text("Товар", ("bold", "italic", "sup", "underline")), Text("!"))


def test_tabs_breaks_hyphens_and_symbols():
    inside = (
        "<w:r><w:t>а</w:t><w:tab/><w:br/><w:br w:type='page'/><w:noBreakHyphen/><w:softHyphen/>"
        '<w:sym w:font="Wingdings" w:char="F0FE"/><w:t>б</w:t></w:r>'
    )
    assert runs(para(inside)) == (
        Text("а"),
        Break("tab"),
        Break("line"),
        Break("page"),
        Text("\u2011\u00ad☑б"),
    )


def test_wrappers_are_taken_off():
    inside = (
        f"<w:sdt><w:sdtContent>{run('а')}</w:sdtContent></w:sdt><w:smartTag>{run('б')}</w:smartTag>"
        f"<w:customXml>{run('в')}</w:customXml><w:hyperlink>{run('г')}</w:hyperlink>"
        f"<w:dir>{run('д')}</w:dir>"
    )
    assert runs(f"<w:sdt><w:sdtContent>{para(inside)}</w:sdtContent></w:sdt>") == (Text("абвгд"),)


def test_fields_of_word_are_read_by_their_result():
    inside = field(" MERGEFIELD x ", "Ромашка") + field(" DATE ", ", 1 мая")
    assert runs(para(inside)) == (Text("Ромашка, 1 мая"),)


def test_a_field_inside_an_instruction_is_not_words():
    nested = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>IF </w:instrText></w:r>'
        + field("MERGEFIELD a", "скрыто")
        + '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        + run("видно")
        + '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
    assert runs(para(nested)) == (Text("видно"),)


def test_page_numbers_are_kept_and_not_words():
    header = para(run("стр. ") + field(" PAGE ", "3") + '<w:fldSimple w:instr="NUMPAGES"/>')
    reading = read(docx(p("x"), header1=header))
    (block,) = reading.document.headers
    assert [type(one) for one in block.runs] == [Text, Kept, Kept]
    assert [(thing.kind, thing.words) for thing in reading.kept] == [("page", "3"), ("pages", "")]
    assert 'w:instr="PAGE"' in reading.objects[reading.kept[0].key]


def test_a_token_cut_into_many_runs_is_one_field():
    inside = run("Цена: {") + run("{ pri", "<w:b/>") + run("ce: money “Цена") + run(" товара” }} ₽")
    reading = read(docx(para(inside)))
    assert reading.document.clauses[0].blocks[0].runs == (
        Text("Цена: "),
        Field("price", ("bold",)),
        Text(" ₽"),
    )
    (spec,) = reading.fields
    assert (spec.name, spec.type, spec.label) == ("price", "money", "Цена товара")


def test_a_field_is_declared_once_and_mentioned_anywhere():
    body = p("{{ срок }} и {{ срок: date «Срок» }}") + table(row(cell(p("{{client.inn}}"))))
    reading = read(docx(body, header1=p("{{ contract.number }}")))
    assert [(spec.name, spec.type) for spec in reading.fields] == [
        ("срок", "date"),
        ("client.inn", "inn"),
        ("contract.number", "text"),
    ]
    assert reading.warnings == ()


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("{{ price: money }} {{ price: date }}", "field_conflict"),
        ("{{ price: деньги }}", "field_type"),
        ("price {{ client.inm }}", "field_party"),
        ("{{ the price }}", "field_syntax"),
        ("{{ price", "field_syntax"),
        ("price }}", "field_syntax"),
        ("{{ way: choice(one) }}", "field_choices"),
    ],
)
def test_a_wrong_token_is_named_and_its_words_stay(words, code):
    reading = read(docx(p(words)))
    assert [remark.code for remark in reading.warnings] == [code]
    assert "price" in plain_text(reading.document) or "way" in plain_text(reading.document)


def test_notes_stand_after_the_block_that_calls_them():
    notes = (
        '<w:footnote w:type="separator" w:id="-1"><w:p/></w:footnote>'
        f'<w:footnote w:id="2">{p("Без НДС.")}</w:footnote>'
    )
    body = para(run("Цена") + '<w:r><w:footnoteReference w:id="2"/></w:r>') + p("Дальше")
    (clause,) = read(docx(body, footnotes=notes)).document.clauses
    first, note, _ = clause.blocks
    assert first.runs == (Text("Цена"), Reference("f2", "note"))
    assert isinstance(note, Note)
    assert note.id == "f2"
    assert note.blocks[0].runs == (Text("Без НДС."),)


def test_merged_cells_stand_once():
    span, begin, go = '<w:gridSpan w:val="2"/>', '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    body = table(
        row(cell(p("A"), begin), cell(p("B"), span)),
        row(cell(p(""), go), cell(p("C")), cell(p("D"), begin)),
        row(cell(p(""), go), cell(p("E")), cell(p(""), go)),
    )
    (found,) = read(docx(body)).document.clauses[0].blocks
    assert isinstance(found, Table)
    shape = [[(c.blocks[0].runs[0].text, c.columns, c.rows) for c in r.cells] for r in found.rows]
    assert shape == [[("A", 1, 3), ("B", 2, 1)], [("C", 1, 1), ("D", 1, 2)], [("E", 1, 1)]]


def test_a_table_with_rows_and_cells_in_controls_and_a_table_inside():
    inner = table(row(cell(p("внутри"))))
    rows = (
        f"<w:sdt><w:sdtContent>{row(cell(inner + p('после')))}</w:sdtContent></w:sdt>"
        f"<w:tr><w:sdt><w:sdtContent>{cell(p('в контроле'))}</w:sdtContent></w:sdt></w:tr>"
    )
    assert plain_text(read(docx(table(rows))).document) == "внутри\nпосле\nв контроле"


def test_numbers_in_cells_are_counted_but_are_no_clauses():
    body = counted("Товар") + table(row(cell(counted("болт", 2))), row(cell(counted("гайка", 2))))
    lists = (
        abstract(1, ("decimal", "%1.")) + abstract(2, ("decimal", "%1)")) + num(1, 1) + num(2, 2)
    )
    document = read(docx(body + counted("Цена"), numbering=lists)).document
    assert list(numbers(document).values()) == ["1.", "2."]
    assert sorted(paragraph_numbers(document).values()) == ["1)", "2)"]
    assert plain_text(document) == "1. Товар\n1) болт\n2) гайка\n2. Цена"


@pytest.mark.parametrize(
    ("inside", "kind", "words"),
    [
        (BOX, "text_box", "В рамке"),
        ("<w:r><w:drawing><a:blip/></w:drawing></w:r>", "picture", ""),
        ("<w:r><w:object><o:OLEObject/></w:object></w:r>", "ole", ""),
        ("<m:oMath><m:r><m:t>a+b</m:t></m:r></m:oMath>", "formula", "a+b"),
        ('<w:r><w:sym w:font="Own" w:char="F123"/></w:r>', "symbol", ""),
        ("<w:strange><w:r><w:t>слова</w:t></w:r></w:strange>", "strange", "слова"),
    ],
)
def test_what_cannot_be_edited_is_kept_and_named(inside, kind, words):
    reading = read(docx(para(run("до ") + inside + run(" после"))))
    (thing,) = reading.kept
    assert (thing.kind, thing.words) == (kind, words)
    assert thing.clause == reading.document.clauses[0].id
    assert reading.objects[thing.key].startswith(("<w:", "<m:"))
    assert read(docx(para(run("другое") + inside))).kept[0].key == thing.key


def test_a_field_in_a_text_box_is_a_fault_of_the_form():
    boxed = BOX.replace("В рамке", "{{ price }}")
    (remark,) = read(docx(para(boxed))).warnings
    assert (remark.code, remark.params["kind"]) == ("field_in_kept", "text_box")
    assert remark.code in FORM_FAULTS


def test_a_lone_formula_between_paragraphs_is_kept():
    body = p("x") + "<m:oMathPara><m:oMath><m:r><m:t>y=2</m:t></m:r></m:oMath></m:oMathPara>"
    assert plain_text(read(docx(body)).document) == "x\ny=2"


@pytest.mark.parametrize(
    ("element", "code"),
    [('<w:altChunk r:id="r9"/>', "alt_chunk"), (para('<w:subDoc r:id="r9"/>'), "sub_document")],
)
def test_text_that_lies_in_another_file_is_refused(element, code):
    with pytest.raises(Refused) as refusal:
        read(docx(p("x") + element))
    assert refusal.value.code == code


def test_hidden_words_and_comments_are_told():
    body = para(run("тайно", "<w:vanish/>") + '<w:r><w:commentReference w:id="1"/></w:r>')
    codes = [remark.code for remark in read(docx(body)).warnings]
    assert codes == ["comments", "hidden_text"]


def test_opaque_properties_stay_without_what_the_tree_says():
    lists = abstract(1, ("decimal", "%1.")) + num(1, 1)
    properties = (
        '<w:keepNext/><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
        '<w:ind w:left="720"/><w:sectPr><w:pgSz w:w="11906" w:h="16838"/></w:sectPr>'
    )
    body = para(run("x", '<w:sz w:val="24"/>'), properties)
    block = read(docx(body, numbering=lists)).document.clauses[0].blocks[0]
    assert isinstance(block, Paragraph)
    assert "keepNext" in block.properties
    assert "numPr" not in block.properties
    assert "sectPr" not in block.properties
    assert '<w:sz w:val="24"/>' in block.properties
    assert 'w:w="11906"' in block.section


def test_our_bookmarks_bring_back_ids_and_our_controls_bring_back_values():
    mark = '<w:bookmarkStart w:id="1" w:name="_zb_abc"/><w:bookmarkEnd w:id="1"/>'
    control = (
        '<w:sdt><w:sdtPr><w:tag w:val="zb_field:price"/></w:sdtPr>'
        f"<w:sdtContent>{run('1 500,00')}</w:sdtContent></w:sdt>"
    )
    body = para(mark + run("Первый ") + control) + para(mark + run("Копия"))
    reading = read(docx(body), new_id=lambda: "new")
    assert [clause.id for clause in clauses_of(reading.document)] == ["abc", "new"]
    assert reading.document.clauses[0].blocks[0].runs == (Text("Первый "), Field("price"))
    assert reading.values == {"price": "1 500,00"}


def test_in_a_file_of_our_own_a_bold_centred_line_stays_in_its_clause():
    mark = '<w:bookmarkStart w:id="1" w:name="_zb_abc"/><w:bookmarkEnd w:id="1"/>'
    line = p("Важно", '<w:jc w:val="center"/>', bold=True)
    assert len(read(docx(para(mark + run("Текст")) + line)).document.clauses) == 1
    assert len(read(docx(para(run("Текст")) + line)).document.clauses) == 2


def test_numbers_in_a_file_do_not_set_how_long_it_is_read():
    wide = '<w:gridSpan w:val="99999999999"/><w:vMerge w:val="restart"/>'
    lists = abstract(1, ("upperRoman", "%1.")).replace(
        'start w:val="1"', 'start w:val="99999999999"'
    )
    body = table(row(cell(p("x"), wide))) + counted("y")
    document = read(docx(body, numbering=lists + num(1, 1))).document
    assert plain_text(document) == "x\n99999999999. y"


def test_a_mention_kept_by_word_becomes_a_reference():
    lists = abstract(1, ("decimal", "%1."), ("decimal", "%1.%2.")) + num(1, 1)
    target = '<w:numPr><w:ilvl w:val="1"/><w:numId w:val="1"/></w:numPr>'
    body = (
        counted("Цена")
        + para('<w:bookmarkStart w:id="1" w:name="_Ref1"/>' + run("Сумма"), target)
        + p("см. ").replace("</w:p>", field(" REF _Ref1 \\r \\h ", "1.1") + "</w:p>")
        + p("и ").replace("</w:p>", field(" REF _Ref1 \\r \\h ", "7.7") + "</w:p>")
    )
    document = read(docx(body, numbering=lists)).document
    chosen = document.clauses[0].children[0]
    assert chosen.blocks[1].runs == (Text("см. "), Reference(chosen.id))
    assert chosen.blocks[2].runs == (Text("и 7.7"),)
