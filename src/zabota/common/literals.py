"""Parts of templates that are the same for every reader of a language: drawn once, not each time.

A page has a hundred of them, and Django looks each up, escapes and marks it anew: a tenth of the
time of a page.
"""

import re
from typing import Any

from django.template.base import FilterExpression, Node, Parser, Token
from django.template.context import Context
from django.template.defaulttags import url as do_url
from django.templatetags.i18n import do_translate
from django.templatetags.static import do_static
from django.utils.translation import get_language

# A word in quotation marks, with nothing done to it.
_LITERAL = re.compile(r"""^("[^"]*"|'[^']*')$""")


class Once(Node):
    """A tag whose words hang on nothing but the reader's language."""

    child_nodelists = ()

    def __init__(self, node: Node) -> None:
        self.node = node
        self.told: dict[tuple[str | None, bool], str] = {}

    def render(self, context: Context) -> str:
        key = get_language(), context.autoescape
        if key not in self.told:
            self.told[key] = self.node.render(context)
        return self.told[key]


def translate(parser: Parser, token: Token) -> Node:
    """Django's `translate`, of a literal kept once it was translated."""
    node, said = do_translate(parser, token), token.split_contents()[1:]
    plain = len(said) == 1 or (len(said) == 3 and said[1] == "context")
    if plain and all(_LITERAL.match(one) for one in said[::2]):
        return Once(node)
    return node


def address(parser: Parser, token: Token) -> Node:
    """Django's `url`, of a page that is named alone kept once it was looked up."""
    return _once_alone(do_url(parser, token), token)


def unchanging_file(parser: Parser, token: Token) -> Node:
    """Django's `static`, of a file that is named kept once it was looked up."""
    return _once_alone(do_static(parser, token), token)


def _once_alone(node: Node, token: Token) -> Node:
    said = token.split_contents()[1:]
    return Once(node) if len(said) == 1 and _LITERAL.match(said[0]) else node


def literal(value: FilterExpression) -> Any:
    """What stands in a tag in quotation marks; None for whatever a page has yet to tell."""
    plain = isinstance(value.var, str) and not value.filters
    return value.var if plain else None
