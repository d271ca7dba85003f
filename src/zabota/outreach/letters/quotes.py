"""What the writer wrote, apart from the history a mail program laid under it.

Words of the writer are never cut for looking like a quote would cut them: where it is not certain
what is history, it stays. Forms of Gmail, Outlook, Apple Mail, Thunderbird, Mail.ru, Yandex, The
Bat! in Russian and English.
"""

import re
from dataclasses import dataclass

QUOTED = re.compile(r"^\s{0,3}(>|\|\s)")
SEPARATOR = re.compile(
    r"^\W{0,3}-{2,}\s*(исходное (сообщение|письмо)|original (message|appointment)"
    r"|первоначальное сообщение)\s*-{2,}",
    re.IGNORECASE,
)
FORWARDED = re.compile(
    r"^\W{0,3}-{2,}\s*(пересылаемое|пересланное|перенаправленное|forwarded)\b"
    r"|^\W{0,20}начало (переадресованного|пересылаемого) сообщения"
    r"|^begin forwarded message",
    re.IGNORECASE,
)
FROM_LINE = re.compile(r"^\W{0,2}(от|from|от кого)\W{0,2}:", re.IGNORECASE)
DATE_LINE = re.compile(r"^\W{0,2}(отправлено|sent|дата|date)\W{0,2}:", re.IGNORECASE)
TO_LINE = re.compile(r"^\W{0,2}(кому|to|тема|subject)\W{0,2}:", re.IGNORECASE)
RULE = re.compile(r"^_{10,}$|^-{20,}$|^\*{20,}$")
VERB = re.compile(
    r"(пишет|писал|писала|написал|написала|написал\(а\)|писал\(а\)|написали|пишут|wrote|writes)"
    r"\s*(:|-{3,})\s*$",
    re.IGNORECASE,
)
# Only a program writes the verb so, with the moment after it.
THEN_WHEN = re.compile(r"\b(на)?писал\(а\) \d{4}-\d{2}-\d{2}.{0,20}:\s*$", re.IGNORECASE)
# A letter somebody passes on.
PASSED_ON = re.compile(r"^\W*(fwd?|пер|пересл|пересылка|перенапр)\s*:", re.IGNORECASE)
# What Yandex Mail lays over the line that says whose words follow.
OVER = re.compile(r"^-{10,}$|^(кому|копия|тема|to|cc|subject)\s*:.*;$", re.IGNORECASE)
YOU_WROTE = re.compile(r"^(вы писали|you wrote)\b.{0,80}:?\s*$", re.IGNORECASE)
TIME = re.compile(r"\b\d{1,2}[:.]\d{2}\b")
DATE = re.compile(
    r"\b\d{1,2}[./-]\d{1,2}[./-]\d{2,4}\b|\b\d{4}-\d{2}-\d{2}\b"
    r"|\b\d{1,2}\.?\s+(янв|фев|мар|апр|мая|май|июн|июл|авг|сен|окт|ноя|дек|jan|feb|mar|apr|may|jun"
    r"|jul|aug|sep|oct|nov|dec)|\b(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)\w*\.?\s+\d{1,2}",
    re.IGNORECASE,
)
MAIL = re.compile(r"[^\s<>]+@[^\s<>]+\.\w+")
SIGN = re.compile(r"^--\s?$|^— ?$")
CLOSING = re.compile(
    r"^(с (глубоким |искренним )?уважением|с наилучшими пожеланиями|с пожеланиями|всего доброго"
    r"|(best|kind|warm|warmest|with kind|with best)?\s?regards|sincerely|yours (truly|sincerely"
    r"|faithfully)|best wishes)\W*($|,)",
    re.IGNORECASE,
)
DEVICE = re.compile(
    r"^(отправлено (с|из|со|через|от)\b|sent (from|with|via) |get outlook for "
    r"|(скачать|получить|получите|загрузите) outlook|послано с|--\s*отправлено)",
    re.IGNORECASE,
)
LONGEST_HEAD, LONGEST_SIGN = 4, 10
# A signature is looked for in so many last lines of one's own words.
SIGN_WINDOW = 60
# What follows after so many lines is what the last of them is.
MOST_LINES = 10_000


@dataclass(frozen=True, slots=True)
class OwnWords:
    """The writer's own words, and what was cut: quoted history and signature, in order."""

    text: str
    cut: str


def own_words(text: str, subject: str = "") -> OwnWords:
    """Part a letter's words from what lies under and between them. Where nothing of one's own
    would be left, the whole stays; so does a letter whose subject says that it is passed on: what
    lies under its words is what they wanted to show.
    """
    if PASSED_ON.match(subject):
        return OwnWords(text.strip(), "")
    lines = text.replace("\r\n", "\n").split("\n")
    looked_at = lines[:MOST_LINES]
    marks = _quoted(looked_at)
    _mark_history(looked_at, marks)
    _mark_signatures(looked_at, marks)
    marks += [marks[-1]] * (len(lines) - len(looked_at))
    own = _joined(lines, marks, wanted=False)
    if not own:
        return OwnWords(text.strip(), "")
    return OwnWords(own, _joined(lines, marks, wanted=True))


def _joined(lines: list[str], marks: list[bool], *, wanted: bool) -> str:
    """Lines of one kind; where others stood between them, an empty line."""
    kept: list[str] = []
    gap = False
    for line, mark in zip(lines, marks, strict=True):
        if mark == wanted:
            if gap and kept and kept[-1]:
                kept.append("")
            kept.append(line.rstrip())
        gap = mark != wanted
    return re.sub(r"\n{3,}", "\n\n", "\n".join(kept)).strip()


def _quoted(lines: list[str]) -> list[bool]:
    """Lines marked as quotes, with the line that says whose words follow."""
    marks = [bool(QUOTED.match(line)) for line in lines]
    for n, mark in enumerate(marks):
        if not mark or (n > 0 and marks[n - 1]):
            continue
        head = _head_before(lines, marks, n)
        for k in range(head, n):
            marks[k] = True
    return marks


def _head_before(lines: list[str], marks: list[bool], n: int) -> int:
    """Where the attribution of the quote that begins at `n` begins; `n` itself if there is none."""
    end = n
    while end > 0 and not lines[end - 1].strip() and not marks[end - 1]:
        end -= 1
    found = n
    for start in range(end - 1, max(-1, end - 1 - LONGEST_HEAD), -1):
        if marks[start] or not lines[start].strip():
            break
        head = " ".join(line.strip() for line in lines[start:end])
        if is_attribution(head) and (DATE.search(lines[start]) or start == end - 1):
            found = start
            if DATE.search(lines[start]):
                break
    return _over(lines, marks, found) if found < n else n


def _over(lines: list[str], marks: list[bool], n: int) -> int:
    """Where what a program laid over the attribution at `n` begins: a rule, to whom, about what."""
    start = n
    while start > 0 and not marks[start - 1] and OVER.match(lines[start - 1].strip()):
        start -= 1
    return start


def is_attribution(line: str) -> bool:
    """Whether a line says whose words follow: a moment or an address, and that they wrote."""
    bare = line.strip(" *_").lstrip("- ")
    if len(bare) > 300:
        return False
    if YOU_WROTE.match(bare):
        return True
    told = bool(DATE.search(bare)) or bool(MAIL.search(bare))
    if VERB.search(bare):
        return told or bare.lower().startswith("on ")
    if THEN_WHEN.search(bare):
        return True
    return bare.endswith(":") and bool(
        DATE.search(bare) and TIME.search(bare) and MAIL.search(bare)
    )


def _mark_history(lines: list[str], marks: list[bool]) -> None:
    """From where a mail program put the former letter unmarked, all is history, if words of the
    writer stand above it.
    """
    last_quote = max((n for n, mark in enumerate(marks) if mark), default=-1)
    for n, line in enumerate(lines):
        if marks[n]:
            continue
        if FORWARDED.match(line.strip()):
            return
        if not _begins_history(lines, n, quotes_follow=last_quote > n):
            continue
        if any(lines[k].strip() and not marks[k] and not _is_rule(lines[k]) for k in range(n)):
            n = _over(lines, marks, n)
            marks[n:] = [True] * (len(lines) - n)
            if n and _is_rule(lines[n - 1]):
                marks[n - 1] = True
        return


def _is_rule(line: str) -> bool:
    return bool(RULE.match(line.strip()))


def _begins_history(lines: list[str], n: int, *, quotes_follow: bool) -> bool:
    line = lines[n].strip()
    if SEPARATOR.match(line) or _begins_block(lines, n):
        return True
    # An attribution without marked quotes after it: what follows to the end was laid there by a
    # mail program; with quotes after it, it was seen to already, and own words may follow them.
    if quotes_follow or not (DATE.search(line) or YOU_WROTE.match(line)):
        return False
    for end in range(n + 1, min(n + LONGEST_HEAD, len(lines)) + 1):
        head = " ".join(part.strip() for part in lines[n:end])
        if is_attribution(head):
            return any(rest.strip() for rest in lines[end:])
        if not lines[end - 1].strip():
            break
    return False


def _begins_block(lines: list[str], n: int) -> bool:
    """Outlook's lines over a former letter: От, Отправлено, Кому, Тема."""
    if not FROM_LINE.match(lines[n].strip()):
        return False
    block = [line.strip() for line in lines[n + 1 : n + 7]]
    return any(map(DATE_LINE.match, block)) and any(map(TO_LINE.match, block))


def _mark_signatures(lines: list[str], marks: list[bool]) -> None:
    """A signature stands at the end of one's own words, under «--», or as a closing with a name."""
    end = len(lines)
    while end > 0:
        if marks[end - 1]:
            end -= 1
            continue
        start = end
        while start > 0 and not marks[start - 1]:
            start -= 1
        cut = _signature(lines, start, end)
        if cut < end and (
            any(line.strip() for line in lines[start:cut])
            or any(lines[k].strip() and not marks[k] for k in range(start))
        ):
            marks[cut:end] = [True] * (end - cut)
        end = start


def _signature(lines: list[str], start: int, end: int) -> int:
    """Where the signature of the words between `start` and `end` begins; `end` if it has none."""
    for n in range(max(start, end - SIGN_WINDOW), end):
        line = lines[n].strip()
        rest = [other for other in lines[n + 1 : end] if other.strip()]
        if SIGN.match(lines[n]) and len(rest) <= LONGEST_SIGN * 2:
            return n
        short = len(rest) <= LONGEST_SIGN and all(len(other) <= 90 for other in rest)
        if short and CLOSING.match(line) and not any("?" in other for other in rest):
            return n
        if len(rest) <= 2 and DEVICE.match(line):
            return n
    return end
