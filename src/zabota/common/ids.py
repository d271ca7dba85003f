"""Numbers a reader can write for a row: in an address, a form, a query."""

# The longest number of digits that always fits the databases' 64 bits.
DIGITS = 18


class IdConverter:
    """A row's number in an address; what no row can have is not an address at all."""

    regex = rf"[0-9]{{1,{DIGITS}}}"

    def to_python(self, value: str) -> int:
        """The number itself."""
        return int(value)

    def to_url(self, value: int) -> str:
        """The number as it is written."""
        return str(value)


def row_number(text: str) -> int | None:
    """A row's number as it was sent in a form or a query; None for what no row can have."""
    fits = text.isascii() and text.isdecimal() and len(text) <= DIGITS
    return int(text) if fits else None
