"""Tracked changes and comments of a returned file, told clause by clause."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from docx import Document as WordDocument

from tests.contracts.docx.corpus import DATA
from tests.contracts.docx.making import cell, docx, p, row, table
from zabota.contracts.docx.proposals import Proposals, read_proposals
from zabota.contracts.docx.read import read
from zabota.contracts.docx.refusal import Refused
from zabota.contracts.docx.untracked import find_untracked
from zabota.contracts.text.numbering import clauses_of
from zabota.contracts.text.tree import Document
from zabota.contracts.text.words import blocks_text, plain_text

ROMANOV = 'w:id="1" w:author="Романов" w:date="2026-11-17T10:00:00Z"'
SMITH = 'w:id="2" w:author="Smith" w:date="2026-11-18T09:30:00+03:00"'
W15 = "http://schemas.microsoft.com/office/word/2012/wordml"
W14 = "http://schemas.microsoft.com/office/word/2010/wordml"


def run(words: str, tag: str = "t") -> str:
    return f'<w:r><w:{tag} xml:space="preserve">{words}</w:{tag}></w:r>'


def ins(words: str, who: str = ROMANOV) -> str:
    return f"<w:ins {who}>{run(words)}</w:ins>"


def gone(words: str, who: str = ROMANOV) -> str:
    return f"<w:del {who}>{run(words, 'delText')}</w:del>"


def para(name: str, *inside: str, properties: str = "") -> str:
    mark = f'<w:bookmarkStart w:id="9" w:name="_zb_{name}"/><w:bookmarkEnd w:id="9"/>'
    return f"<w:p><w:pPr>{properties}</w:pPr>{mark}{''.join(inside)}</w:p>"


def told(data: bytes, sent: bytes) -> Proposals:
    now = read(data, revisions="accept").document
    return read_proposals(data, read(sent).document, now)


def kinds(found: Proposals, clause: str) -> list[tuple[str, str, str]]:
    return [(one.kind, one.author, one.words) for one in found.revisions.get(clause, ())]


SENT = docx(para("a", run("Срок поставки десять дней.")) + para("b", run("Цена твёрдая.")))


def test_words_across_runs_with_their_authors_and_dates() -> None:
    body = para(
        "a", run("Срок поставки "), gone("десять"), ins("два", SMITH), ins("дцать", SMITH),
        run(" дней."),
    ) + para("b", run("Цена твёрдая."))  # fmt: skip
    found = told(docx(body), SENT)
    assert kinds(found, "a") == [
        ("delete", "Романов", "десять"), ("insert", "Smith", "два"), ("insert", "Smith", "дцать"),
    ]  # fmt: skip
    assert kinds(found, "b") == []
    first, second = found.revisions["a"][:2]
    assert first.at == datetime(2026, 11, 17, 10, tzinfo=UTC)
    assert second.at == datetime(2026, 11, 18, 6, 30, tzinfo=UTC)
    assert plain_text(found.before) == plain_text(read(SENT).document)
    assert "двадцать дней" in plain_text(found.after)
    assert find_untracked(read(SENT).document, docx(body)) == []


def test_a_file_may_say_nothing_of_author_and_date() -> None:
    found = told(
        docx(para("a", run("Срок"), '<w:ins w:id="1" w:date="вчера">' + run("!") + "</w:ins>")),
        SENT,
    )
    assert [(one.author, one.at) for one in found.revisions["a"]] == [("", None)]


def test_a_clause_put_in_and_one_taken_out() -> None:
    flag = "<w:rPr><w:{} " + ROMANOV + "/></w:rPr>"
    body = (
        para("a", run("Срок поставки десять дней."))
        + f"<w:p><w:pPr>{flag.format('ins')}</w:pPr>{ins('Неустойка — процент в день.')}</w:p>"
        + para("b", gone("Цена твёрдая."), properties=flag.format("del"))
        + p("Подписи сторон.")
    )
    sent = docx(
        para("a", run("Срок поставки десять дней."))
        + para("b", run("Цена твёрдая."))
        + p("Подписи сторон.")
    )
    found = told(docx(body), sent)
    new = next(
        one.id for one in clauses_of(read(docx(body), revisions="accept").document)
        if "Неустойка" in blocks_text(one.blocks)
    )  # fmt: skip
    assert new
    assert ("paragraph_delete", "Романов", "") in kinds(found, "b")
    assert ("delete", "Романов", "Цена твёрдая.") in kinds(found, "b")
    words = [one for some in found.revisions.values() for one in some if "Неустойка" in one.words]
    assert [one.kind for one in words] == ["insert"]
    assert find_untracked(read(sent).document, docx(body)) == []


def test_rows_cells_moves_and_controls() -> None:
    came = f"<w:tr><w:trPr><w:ins {ROMANOV}/></w:trPr>{cell(p('Новый товар'))}{cell(p('5'))}</w:tr>"
    went = f"<w:tr><w:trPr><w:del {SMITH}/></w:trPr>{cell(p('Старый товар'))}{cell(p('7'))}</w:tr>"
    first = row(cell(p("Товар")), cell(p("Цена")))
    control = (
        "<w:sdt><w:sdtContent><w:sdt><w:sdtContent>"
        + run("внутри ") + ins("двух") + "</w:sdtContent></w:sdt></w:sdtContent></w:sdt>"
    )  # fmt: skip
    moved = f"<w:moveFrom {ROMANOV}>{run('слово ')}</w:moveFrom>"
    to = f"<w:moveTo {ROMANOV}>{run('слово ')}</w:moveTo>"
    body = para("a", moved, run("первый "), to) + table(first, came, went) + para("b", control)
    sent = docx(
        para("a", run("слово первый "))
        + table(first, row(cell(p("Старый товар")), cell(p("7"))))
        + para("b", run("внутри "))
    )
    found = told(docx(body), sent)
    of_a = kinds(found, "a")
    assert ("move_from", "Романов", "слово ") in of_a and ("move_to", "Романов", "слово ") in of_a
    assert ("row_insert", "Романов", "Новый товар5") in of_a
    assert ("row_delete", "Smith", "Старый товар7") in of_a
    assert kinds(found, "b") == [("insert", "Романов", "двух")]
    assert find_untracked(read(sent).document, docx(body)) == []


def with_comments(replied: bool = True) -> bytes:
    start, end = '<w:commentRangeStart w:id="0"/>', '<w:commentRangeEnd w:id="0"/>'
    ref = '<w:r><w:commentReference w:id="{}"/></w:r>'
    second = ref.format(1) if replied else ""
    inside = (run("поставки"), gone(" десять"), end, ref.format(0), second, run(" дней."))
    body = para("a", run("Срок "), start, *inside) + para("b", run("Цена твёрдая."))
    comment = (
        '<w:comment w:id="{}" w:author="{}" w:date="2026-11-17T10:00:00Z">'
        f'<w:p xmlns:w14="{W14}" w14:paraId="{{}}">{{}}</w:p></w:comment>'
    )
    said = comment.format(0, "Романов", "0000000A", run("Почему так долго?"))
    said += comment.format(1, "Smith", "0000000B", run("Так быстрее не выйдет"))
    extended = (
        f'<w15:commentsEx xmlns:w15="{W15}"><w15:commentEx w15:paraId="0000000A" w15:done="1"/>'
        '<w15:commentEx w15:paraId="0000000B" w15:paraIdParent="0000000A" w15:done="0"/>'
        "</w15:commentsEx>"
    )
    link = (
        '<Relationship Id="ce" Type="http://schemas.microsoft.com/office/2011/relationships/'
        'commentsExtended" Target="commentsExtended.xml"/>'
    )
    extra: dict[str, str | bytes] = {"word/commentsExtended.xml": extended}
    return docx(body, links=link, extra=extra, comments=said)


@pytest.mark.parametrize("replied", [True, False])
def test_comments_with_quotes_and_replies(replied: bool) -> None:
    found = told(with_comments(replied), SENT)
    first, second = found.comments
    assert (first.author, first.text, first.clause) == ("Романов", "Почему так долго?", "a")
    assert (first.quote, first.resolved, first.reply_to) == ("поставки", True, "")
    assert (second.reply_to, second.clause, second.resolved) == ("0", "a", False)
    assert second.at == datetime(2026, 11, 17, 10, tzinfo=UTC)


def test_comments_written_by_a_library_are_read(tmp_path: Path) -> None:
    word = WordDocument()
    paragraph = word.add_paragraph("Оплата в течение ")
    about = paragraph.add_run("трёх дней")
    word.add_comment(about, text="Мало", author="Бухгалтер", initials="Б")
    file = tmp_path / "x.docx"
    word.save(str(file))
    data = file.read_bytes()
    found = told(data, data)
    (remark,) = found.comments
    assert (remark.author, remark.text, remark.quote) == ("Бухгалтер", "Мало", "трёх дней")
    assert remark.clause == next(iter(clauses_of(read(data).document))).id or remark.clause


def triples() -> list[Path]:
    folder = DATA / "revisions"
    return sorted(file for file in folder.glob("*.docx") if not file.stem.endswith("ed"))


def lines(document: Document) -> list[str]:
    return [" ".join(line.split()) for line in plain_text(document).split("\n") if line.strip()]


def test_real_files_read_as_their_settled_triples() -> None:
    """Reading with all rejected is silent against the file as it was before its changes."""
    files = triples()
    if not files:
        pytest.skip(f"no files with tracked changes at {DATA / 'revisions'}; set ZABOTA_DATA")
    looked = 0
    for file in files:
        before = file.with_name(f"{file.stem}-Rejected.docx")
        after = file.with_name(f"{file.stem}-Accepted.docx")
        if not (before.exists() and after.exists()):
            continue
        data = file.read_bytes()
        try:
            now = read(data, revisions="accept").document
            sent = read(before.read_bytes(), revisions="accept").document
            wanted = read(after.read_bytes(), revisions="accept").document
        except Refused:
            continue
        found = read_proposals(data, sent, now)
        # A content control taken out with its words left is marked by ranges alone.
        assert found.revisions or file.name == "RP016-Deleted-CC.docx", file.name
        assert lines(found.before) == lines(sent), file.name
        assert lines(found.after) == lines(wanted), file.name
        looked += 1
    assert looked > 5
