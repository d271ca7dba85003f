"""Hostile files are refused before anything in them is parsed."""

import io
import zipfile

import pytest

from tests.contracts.docx.making import OFFICE, docx, p, relations, zipped
from zabota.contracts.docx import guard
from zabota.contracts.docx.guard import defuse, inspect
from zabota.contracts.docx.read import read
from zabota.contracts.docx.refusal import Refused
from zabota.contracts.docx.report import report

GOOD = docx(p("Предмет договора"))
OUTSIDE = 'TargetMode="External"'
LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY lol "lol">'
    + "".join(f'<!ENTITY lol{n} "{f"&lol{n - 1};" * 10}">' for n in range(2, 10))
    + "]><lolz>&lol9;</lolz>"
)
PEEK = '<!DOCTYPE w [<!ENTITY f SYSTEM "file:///etc/passwd">]><w>&f;</w>'


def code_of(data: bytes) -> str:
    with pytest.raises(Refused) as refusal:
        inspect(data)
    return refusal.value.code


def outside(kind: str, target: str) -> str:
    return f'<Relationship Id="x1" Type="{OFFICE}/{kind}" Target="{target}" {OUTSIDE}/>'


def test_a_plain_file_is_taken():
    inspect(GOOD)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (b"hello", "not_a_zip"),
        (b"PK\x03\x04 and nothing more", "damaged"),
        (GOOD[: len(GOOD) // 2], "damaged"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "old_doc"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
            "encrypted",
        ),
        (zipped({"a.txt": "x"}), "not_a_docx"),
        (zipped({"[Content_Types].xml": "<Types/>"}), "not_a_docx"),
        (docx(p("x"), extra={"word/vbaProject.bin": b"\0"}), "macros"),
        (
            docx(p("x"), links='<Relationship Id="m" Type="x/vbaProject" Target="v.bin"/>'),
            "macros",
        ),
        (docx(p("x"), links=outside("image", "http://evil.example/pixel.png")), "external_target"),
        (docx(p("x"), links=outside("oleObject", "file:///c:/x.xls")), "external_target"),
        (docx(p("x"), links=outside("aFChunk", "http://evil.example/x")), "external_target"),
        (
            docx(p("x"), links=f'<Relationship Id="i" Type="{OFFICE}/image" Target="http://e/x"/>'),
            "external_target",
        ),
        (
            docx(p("x"), links=f'<Relationship Id="i" Type="{OFFICE}/image" Target="../../../x"/>'),
            "bad_name",
        ),
        (docx(p("x"), extra={"../../etc/cron.d/x": "x"}), "bad_name"),
        (docx(p("x"), extra={"word\\..\\..\\x": "x"}), "bad_name"),
        (docx(p("x"), extra={"/etc/passwd": "x"}), "bad_name"),
        (docx(p("x"), extra={"C:/x": "x"}), "bad_name"),
        (docx(p("x"), extra={"WORD/document.xml": "<x/>"}), "bad_name"),
        (docx(p("x"), extra={"word/styles.xml": LAUGHS}), "doctype"),
        (docx(p("x"), extra={"word/document.xml": PEEK}), "doctype"),
        (docx(p("x"), extra={"customXml/item1.xml": PEEK.encode("utf-16")}), "doctype"),
        (docx(p("x"), extra={"customXml/item1.xml": PEEK.encode("utf-16-be")}), "doctype"),
        (docx(p("x"), extra={"word/settings.xml": PEEK.encode("utf-32")}), "encoding"),
        (
            docx(
                p("x"), extra={"word/settings.xml": b'<?xml version="1.0" encoding="UTF-7"?><x/>'}
            ),
            "encoding",
        ),
        (docx(p("x"), extra={"word/settings.xml": PEEK.encode("cp037")}), "encoding"),
        (docx(p("x"), extra={"word/media/a.bmp": b"\0" * 40_000_000}), "zip_bomb"),
        (docx(p("x"), extra={"word/styles.xml": b"<a>" + b" " * 45_000_000}), "too_big_inside"),
    ],
)
def test_what_is_hostile_or_no_docx_is_refused(data, code):
    assert code_of(data) == code


def test_a_file_with_macros_by_its_content_type_is_refused():
    with zipfile.ZipFile(io.BytesIO(GOOD)) as archive:
        parts = {name: archive.read(name).decode() for name in archive.namelist()}
    kinds = parts["[Content_Types].xml"]
    main = "vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    macro = "vnd.ms-word.document.macroEnabled.main+xml"
    assert code_of(zipped(parts | {"[Content_Types].xml": kinds.replace(main, macro)})) == "macros"


def test_an_encrypted_entry_is_refused():
    with zipfile.ZipFile(io.BytesIO(GOOD)) as archive:
        place = archive.start_dir
    marked = bytearray(GOOD)
    marked[place + 8] |= 1
    assert code_of(bytes(marked)) == "encrypted"


def test_limits_say_what_the_limit_is(monkeypatch):
    monkeypatch.setattr(guard, "MOST_BYTES", 100)
    with pytest.raises(Refused) as refusal:
        inspect(GOOD)
    assert refusal.value.code == "too_large"
    assert refusal.value.params == {"size": len(GOOD), "limit": 100}


def test_too_many_parts_are_refused():
    many = {f"customXml/x{n}.bin": b"" for n in range(guard.MOST_PARTS)}
    assert code_of(docx(p("x"), extra=many)) == "too_many_parts"


def test_a_deep_tree_is_refused_and_does_not_crash():
    deep = "<w:sdt><w:sdtContent>" * 3000 + p("x") + "</w:sdtContent></w:sdt>" * 3000
    with pytest.raises(Refused) as refusal:
        read(docx(deep))
    assert refusal.value.code == "too_deep"


def test_broken_xml_is_refused_with_its_part():
    with pytest.raises(Refused) as refusal:
        read(docx("<w:p>"))
    assert refusal.value.code == "bad_xml"
    assert refusal.value.params["part"] == "word/document.xml"


def test_hyperlinks_and_the_attached_template_are_allowed_and_can_be_dropped():
    links = outside("hyperlink", "https://example.org/?who=client").replace("x1", "h1")
    body = '<w:p><w:hyperlink r:id="h1"><w:r><w:t>сайт</w:t></w:r></w:hyperlink></w:p>'
    settings = relations(outside("attachedTemplate", "file:///t.dotm").replace("x1", "t1"))
    data = docx(
        body,
        links=links,
        settings='<w:attachedTemplate r:id="t1"/>',
        extra={"word/_rels/settings.xml.rels": settings},
    )
    inspect(data)
    calm = defuse(data)
    inspect(calm)
    with zipfile.ZipFile(io.BytesIO(calm)) as archive:
        everything = b"".join(archive.read(name) for name in archive.namelist())
    assert b"External" not in everything
    assert b"attachedTemplate" not in everything
    assert "сайт" in str(report(calm)["clauses"])


def test_fields_that_fetch_from_elsewhere_are_refused():
    field = '<w:fldSimple w:instr="INCLUDEPICTURE &quot;http://evil.example/p.png&quot;"/>'
    with pytest.raises(Refused) as refusal:
        read(docx(f"<w:p>{field}</w:p>"))
    assert refusal.value.code == "external_field"


def test_a_refusal_is_told_in_the_report():
    told = report(docx(p("x"), extra={"word/vbaProject.bin": b"\0"}))
    assert told == {"refused": {"code": "macros", "params": {"part": "word/vbaProject.bin"}}}
