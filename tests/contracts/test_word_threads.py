"""Comments of a Word file keep who answered whom, and what was resolved."""

import io
import re
import zipfile

from tests.contracts.browsers import browser_of
from tests.contracts.test_word_back import OLD, bring, edited, setting, take
from tests.contracts.test_word_review import BEGIN, END, with_part
from tests.contracts.worlds import AT
from zabota.contracts.actions.talk import comment
from zabota.contracts.docx.package import Package
from zabota.contracts.docx.proposals.comments import read_comments
from zabota.contracts.models import Comment, Contract
from zabota.home.world import World

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
W14 = "http://schemas.microsoft.com/office/word/2010/wordml"
W15 = "http://schemas.microsoft.com/office/word/2012/wordml"
ASKED, ANSWERED, ADDED = "Проверить с логистами", "Проверено, подходит", "Тогда берём"


def talked(data: bytes, *said: tuple[str, str], resolved: bool) -> bytes:
    """The file with a thread beside the words: each `(writer, words)` answers the first."""
    names = [str(7 + place) for place in range(len(said))]
    starts = "".join(f'<w:commentRangeStart w:id="{name}"/>' for name in names)
    ends = "".join(
        f'<w:commentRangeEnd w:id="{name}"/><w:r><w:commentReference w:id="{name}"/></w:r>'
        for name in names
    )
    data = edited(data, (OLD, f"{END}{starts}{BEGIN}{OLD}{END}{ends}{BEGIN}"))
    comments = "".join(
        f'<w:comment w:id="{name}" w:author="{writer}" w:date="2026-11-17T10:00:00Z">'
        f'<w:p w14:paraId="0000000{name}"><w:r><w:t>{words}</w:t></w:r></w:p></w:comment>'
        for name, (writer, words) in zip(names, said, strict=True)
    )
    about = "".join(
        f'<w15:commentEx w15:paraId="0000000{name}" w15:done="{int(resolved)}"'
        + ("" if name == "7" else ' w15:paraIdParent="00000007"')
        + "/>"
        for name in names
    )
    data = with_part(
        data, "comments", f'<w:comments xmlns:w="{W}" xmlns:w14="{W14}">{comments}</w:comments>'
    )
    kind = "commentsExtended"
    return with_part(data, kind, f'<w15:commentsEx xmlns:w15="{W15}">{about}</w15:commentsEx>')


def answered(file: bytes, about: str, words: str) -> bytes:
    """The file with an answer to one of its comments, as Word would write it."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(file)) as source, zipfile.ZipFile(out, "w") as target:
        comments = source.read("word/comments.xml").decode()
        said = re.search(rf'<w:comment [^>]*w:id="{about}".*?</w:comment>', comments, re.S)
        assert said
        mark = re.findall(r'w14:paraId="(\w+)"', said[0])[-1]
        for name in source.namelist():
            part = source.read(name)
            if name == "word/comments.xml":
                new = (
                    '<w:comment w:id="900" w:author="Анна в Word"><w:p w14:paraId="7A000001"><w:r>'
                    f"<w:t>{words}</w:t></w:r></w:p></w:comment></w:comments>"
                )
                part = comments.replace("</w:comments>", new).encode()
            elif name == "word/commentsExtended.xml":
                new = f'<w15:commentEx w15:paraId="7A000001" w15:paraIdParent="{mark}"/>'
                part = part.replace(b"</w15:commentsEx>", f"{new}</w15:commentsEx>".encode())
            elif name == "word/document.xml":
                begins = f'<w:commentRangeStart w:id="{about}"/>'
                ends = f'<w:commentRangeEnd w:id="{about}"/>'
                text = part.decode()
                assert begins in text and ends in text
                text = text.replace(begins, begins + '<w:commentRangeStart w:id="900"/>')
                reference = '<w:r><w:commentReference w:id="900"/></w:r>'
                text = text.replace(ends, f'{ends}<w:commentRangeEnd w:id="900"/>{reference}')
                part = text.encode()
            target.writestr(name, part)
    return out.getvalue()


FIRST = ("Юрист Романов", ASKED)
SECOND = ("Логист Белов", ANSWERED)
THIRD = ("Юрист Романов", ADDED)


def rows(contract: Contract) -> dict[str, Comment]:
    return {row.text: row for row in Comment.objects.filter(contract=contract).exclude(author="")}


def test_a_reply_stays_a_reply_and_the_resolved_is_ticked(world: World) -> None:
    contract, browser, base, data = setting(world)
    address = bring(browser, base, talked(data, FIRST, SECOND, resolved=True))
    assert "решено в Word" in browser.get(address).content.decode()
    take(browser, address)
    found = rows(contract)
    assert found[ANSWERED].answers == found[ASKED]
    assert found[ASKED].closed_at is not None
    page = browser.get(f"{base}/").content.decode()
    assert page.index(ASKED) < page.index(ANSWERED)
    reply = re.search(r'<div class="comment[^"]* reply">.*?</p>', page, re.S)
    assert reply and ANSWERED in reply[0] and "в ответ" in reply[0] and "решено" in reply[0]


def test_a_later_reply_joins_its_thread_and_opens_it_again(world: World) -> None:
    contract, browser, base, data = setting(world)
    take(browser, bring(browser, base, talked(data, FIRST, SECOND, resolved=True)))
    other = Comment.objects.get(text=ASKED)
    other.pk, other.text, other.author = None, "Между ними", ""
    other.answers = other.closed_at = None
    other.save()
    take(browser, bring(browser, base, talked(data, FIRST, SECOND, THIRD, resolved=False)))
    found = rows(contract)
    assert len(found) == 3 and found[ADDED].answers == found[ASKED]
    assert {row.closed_at for row in found.values()} == {None}
    page = browser.get(f"{base}/").content.decode()
    places = [page.index(words) for words in (ASKED, ANSWERED, ADDED, "Между ними")]
    assert places == sorted(places), "a thread is read in one piece"


def test_a_reply_to_what_one_may_not_read_stands_by_itself(world: World) -> None:
    contract, browser, base, data = setting(world)
    take(browser, bring(browser, base, talked(data, FIRST, resolved=False)))
    file = talked(data, FIRST, SECOND, resolved=False)
    take(browser, bring(browser, base, file), comments="both")
    assert (rows(contract)[ASKED].audience, rows(contract)[ANSWERED].audience) == ("theirs", "both")
    page = browser_of(world, "manager").get(f"/desk/contracts/{contract.pk}/").content.decode()
    assert ANSWERED in page and ASKED not in page


def test_what_was_said_here_goes_out_as_a_thread_and_comes_back_once(world: World) -> None:
    contract, browser, base, data = setting(world)
    take(
        browser, bring(browser, base, talked(data, FIRST, SECOND, resolved=False)), comments="both"
    )
    manager = world.as_staff("manager")
    clause = rows(contract)[ASKED].clause
    told = {"clause": clause, "quote": "не позже", "audience": "both"}
    mine = comment(contract, "А мы против", by=manager, at=AT, **told)
    file = browser.get(f"{base}/compare.docx?a=0&b=1").content
    out = {one.text.rpartition("\n")[2]: one for one in read_comments(Package(file))}
    assert out[ANSWERED].reply_to == out[ASKED].id
    assert (out[ASKED].author, out[ANSWERED].author) == ("Юрист Романов", "Логист Белов")
    before = Comment.objects.filter(contract=contract).count()
    back = answered(file, out["А мы против"].id, "Подумайте ещё")
    take(browser, bring(browser, base, back), comments="both")
    assert Comment.objects.filter(contract=contract).count() == before + 1
    assert rows(contract)["Подумайте ещё"].answers == mine
