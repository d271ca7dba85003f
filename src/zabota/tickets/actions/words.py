"""What people write, as it is kept."""

LONGEST = 20_000


class Empty(Exception):
    """There is nothing said."""


class TooLong(Exception):
    """More than fits; says the limit."""

    limit = LONGEST


def clean_words(text: str) -> str:
    """Words without the white space around them and without what no reader sees; Empty and TooLong
    say what is wrong.
    """
    words = text.replace("\r\n", "\n").replace("\0", "").strip()
    if not words:
        raise Empty
    if len(words) > LONGEST:
        raise TooLong
    return words


def excerpt(words: str, most: int) -> str:
    """The beginning of what was said, in one line, cut between words."""
    line = " ".join(words.split())
    if len(line) <= most:
        return line
    return line[: most - 1].rsplit(" ", 1)[0].rstrip(".,;:—-") + "…"
