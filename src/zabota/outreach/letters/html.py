"""HTML of letters: cleaned for a page, or as plain words with quotes marked by «>»."""

import re
from html import escape, unescape
from html.parser import HTMLParser

import nh3

TAGS = {
    "a", "b", "blockquote", "br", "caption", "code", "col", "colgroup", "dd", "del", "div", "dl",
    "dt", "em", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "i", "ins", "li", "ol", "p", "pre", "q",
    "s", "small", "span", "strike", "strong", "sub", "sup", "table", "tbody", "td", "tfoot", "th",
    "thead", "tr", "tt", "u", "ul",
}  # fmt: skip
ATTRIBUTES = {"a": {"href", "title"}, "td": {"colspan", "rowspan"}, "th": {"colspan", "rowspan"}}
UNSEEN = {"script", "style", "head", "title", "noscript", "template", "object", "iframe", "svg"}
BLOCKS = {
    "address", "article", "center", "dd", "div", "dl", "dt", "form", "h1", "h2", "h3", "h4", "h5",
    "h6", "li", "ol", "p", "pre", "section", "table", "tr", "ul",
}  # fmt: skip
# Paragraphs stand apart; a div is only a line.
APART = {"p", "h1", "h2", "h3", "h4", "table", "ul", "ol", "pre"}
DEEPEST = 20
# A person writes no longer HTML; a longer one would only keep us busy.
LONGEST, MOST_TAGS, MOST_SIGNS = 1_000_000, 15_000, 60_000
TAG = re.compile(r"<[^<>]{0,2000}>")


def clean_html(html: str) -> str:
    """The HTML with nothing in it that runs, loads, styles or names an element; links open apart
    and tell nobody where they were followed from. Of what has more tags than a person writes only
    the words stay: nested deep enough they would keep us busy for minutes.
    """
    if html.count("&") > MOST_SIGNS:
        return f"<pre>{_bare(html)}</pre>"
    if html.count("<") > MOST_TAGS:
        # What people write stands on top; a long history under it loses its looks, not its words.
        end = _nth(html, "<", MOST_TAGS)
        top, rest = html[:end], f"<pre>{_bare(html[end:])}</pre>"
        quoted = top.lower().count("<blockquote") > top.lower().count("</blockquote")
        return _cleaned(top) + (f"<blockquote>{rest}</blockquote>" if quoted else rest)
    return _cleaned(html)


def _bare(html: str) -> str:
    """The words without a tag, safe for a page."""
    return escape(unescape(TAG.sub(" ", html[: LONGEST // 5])))


def _nth(text: str, sign: str, number: int) -> int:
    """Where the sign stands for so many times."""
    end = -1
    for _ in range(number):
        end = text.index(sign, end + 1)
    return end


def _cleaned(html: str) -> str:
    return nh3.clean(
        html[:LONGEST],
        tags=TAGS,
        clean_content_tags=UNSEEN,
        attributes=ATTRIBUTES,
        url_schemes={"http", "https", "mailto", "tel"},
        link_rel="noopener noreferrer nofollow",
        set_tag_attribute_values={"a": {"target": "_blank"}},
    )


def html_to_text(html: str) -> str:
    """The words as they are read, a paragraph apart from the next; blockquotes as «> » lines."""
    reader = _Reader()
    reader.feed(html[:LONGEST].replace("\x00", ""))
    reader.close()
    reader.end_line()
    lines = reader.lines
    kept = [line for n, line in enumerate(lines) if line.strip("> ") or _wanted(lines, n)]
    return "\n".join(kept).strip("\n")


def _wanted(lines: list[str], n: int) -> bool:
    """Of several empty lines one is enough."""
    return n > 0 and bool(lines[n - 1].strip("> "))


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.lines: list[str] = []
        self._line = ""
        self._quotes = self._hidden = self._kept = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in UNSEEN and tag not in ("head",):
            self._hidden += 1
        if tag in BLOCKS:
            self.end_line()
        if tag in APART:
            self._gap()
        if tag == "br":
            self._break()
        elif tag == "hr":
            self.end_line()
            self._line = "_" * 32
            self.end_line()
        elif tag == "blockquote":
            self.end_line()
            self._quotes = min(self._quotes + 1, DEEPEST)
        elif tag == "li":
            self._line = "— "
        elif tag == "pre":
            self._kept += 1
        elif tag in ("td", "th") and self._line.strip():
            self._line += "  "

    def handle_endtag(self, tag: str) -> None:
        if tag in UNSEEN and tag not in ("head",):
            self._hidden = max(0, self._hidden - 1)
        if tag in BLOCKS or tag == "blockquote":
            self.end_line()
        if tag in APART:
            self._gap()
        if tag == "blockquote":
            self._quotes = max(0, self._quotes - 1)
        elif tag == "pre":
            self._kept = max(0, self._kept - 1)

    def handle_data(self, data: str) -> None:
        if self._hidden:
            return
        if self._kept:
            first, *rest = data.split("\n")
            self._line += first
            for line in rest:
                self._break()
                self._line += line
            return
        words = re.sub(r"[ \t\r\n\f]+", " ", data)
        self._line += words.lstrip(" ") if not self._line else words

    def end_line(self) -> None:
        """Begin a new line, unless nothing stands in this one."""
        if self._line.strip():
            self._break()
        elif "\xa0" in self._line:
            # A line somebody left empty, as Outlook, Yandex and Mail.ru write it.
            self._gap()
        self._line = ""

    def _break(self) -> None:
        mark = ">" * self._quotes + " " if self._quotes else ""
        self.lines.append(mark + self._line.strip(" "))
        self._line = ""

    def _gap(self) -> None:
        if self.lines and self.lines[-1].strip("> "):
            self.lines.append(">" * self._quotes)
