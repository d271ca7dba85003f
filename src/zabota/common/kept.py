"""`{% keep %}`: a stretch of a template that is drawn anew only for other values.

    {% keep may_end=may_end state=ticket.state put base=base %}…{% endkeep %}

What it shows hangs on the values it names and on the reader's language, on nothing else: no other
name means anything inside. Those after `put` stand in it only as text, as they are, and are put
into what was kept; so is the token of its forms. With them it is the same for every request, not
drawn once for each.
"""

import secrets
from typing import Any, Final

from django.template.base import (
    FilterExpression,
    Node,
    NodeList,
    Parser,
    Token,
    token_kwargs,
)
from django.template.context import Context
from django.template.exceptions import TemplateSyntaxError
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from zabota.common.drawn import LONGEST, check_plain

# So many drawings of one stretch are kept.
MOST: Final = 256
# Nobody can write what stands where something is put in.
SIGN: Final = secrets.token_hex(12)
TOKEN: Final = "csrf_token"  # noqa: S105 - its name


class Kept(Node):
    """The stretch, and what was drawn of it in this process."""

    def __init__(
        self,
        nodelist: NodeList,
        values: dict[str, FilterExpression],
        put: dict[str, FilterExpression],
    ) -> None:
        self.nodelist, self.values, self.put = nodelist, values, put
        self.signs = {name: f"{SIGN}-{place}-" for place, name in enumerate((*put, TOKEN))}
        self.kept: dict[Any, SafeString] = {}

    def render(self, context: Context) -> SafeString:
        """The stretch for these values, with what is put in."""
        values = tuple(one.resolve(context) for one in self.values.values())
        key = get_language(), values, tuple(map(type, values))
        found = self.kept.get(key)
        if found is None:
            found = self._drawn(values, context)
            if sum(len(one) for one in values if type(one) is str) <= LONGEST:
                if len(self.kept) >= MOST:
                    self.kept.clear()
                self.kept[key] = found
        words: str = found
        for name, one in self.put.items():
            # Where it does not stand it is not asked for either.
            if self.signs[name] in words:
                words = words.replace(self.signs[name], conditional_escape(one.resolve(context)))
        if self.signs[TOKEN] in words:
            words = words.replace(self.signs[TOKEN], str(context.get(TOKEN, "")))
        return SafeString(words)

    def _drawn(self, values: tuple[Any, ...], context: Context) -> SafeString:
        for one in values:
            # It is kept by their types as well: safe or not are two.
            if type(one) is not SafeString:
                check_plain(one)
        inside = Context({**self.signs, **dict(zip(self.values, values, strict=True))})
        template = context.template
        assert template is not None
        with inside.render_context.push_state(template), inside.bind_template(template):
            return self.nodelist.render(inside)


def keep(parser: Parser, token: Token) -> Node:
    """Reads the tag: named values, then those that are put in."""
    bits = token.split_contents()[1:]
    values = token_kwargs(bits, parser)
    put: dict[str, FilterExpression] = {}
    if bits and bits[0] == "put":
        del bits[0]
        put = token_kwargs(bits, parser)
    if bits:
        raise TemplateSyntaxError(f"keep takes names and values, not {bits[0]!r}")
    nodelist = parser.parse(("endkeep",))
    parser.delete_first_token()
    return Kept(nodelist, values, put)
