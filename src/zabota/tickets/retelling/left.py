"""What of a client still stands in a text."""

from zabota.common.language.lemmas import fold
from zabota.tickets.retelling.known import WORD, Known
from zabota.tickets.retelling.names import forms_of, is_form_of, is_plain
from zabota.tickets.retelling.patterns import exact_patterns


def what_is_left(text: str, known: Known) -> list[str]:
    """Words and numbers of the text that still tell who the client is, as they stand there, each
    once. A common word written small is nobody's name.
    """
    left = [found[0] for _was, pattern in exact_patterns(known) for found in pattern.finditer(text)]
    cores = [word for core in known.cores for word in core]
    people = {form for name in known.people for form in forms_of(name)}
    for found in WORD.finditer(text):
        word = found[0]
        named = fold(word) in people or any(is_form_of(word, core) for core in cores)
        if named and not is_plain(word):
            left.append(word)
    return list(dict.fromkeys(left))
