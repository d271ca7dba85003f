"""`zabota journal verify`: checks every entry of the journal against its digest."""

from argparse import Namespace
from gettext import gettext as _

from zabota.config.cli.ready import check_tables
from zabota.journal.verify import Wrong, verify_journal


def run(arguments: Namespace) -> int:
    """0 when everything holds; 1 with the first row that does not."""
    check_tables()
    result = verify_journal()
    if result.broken is None:
        print(
            _("The journal holds: %(entries)d entries in %(streams)d streams.")
            % {"entries": result.entries, "streams": result.streams}
        )
        return 0
    if result.broken.row:
        print(
            _("The journal does not hold: %(row)s: %(what)s.")
            % {"row": result.broken.row, "what": words_of(result.broken.what)}
        )
        return 1
    what = words_of(result.broken.what)
    print(
        _("The journal does not hold: stream %(stream)d, entry %(seq)d: %(what)s.")
        % {"stream": result.broken.stream, "seq": result.broken.seq, "what": what}
    )
    return 1


def words_of(what: Wrong) -> str:
    """What does not hold, in the language of this run."""
    words = {
        "head": _("the stream's head says %(said)d entries, %(there)d are there"),
        "no_stream": _("its stream is missing"),
        "words_gone": _("the personal words “%(name)s” are gone"),
        "words_changed": _("the personal words “%(name)s” were changed"),
        "missing": _("entry %(seq)d is missing"),
        "changed": _("its text or what came before it was changed"),
        "column": _("the column %(name)s says %(value)s, the text %(text)s"),
        "dangling": _("its %(name)s %(row)s is gone or has no entries"),
    }
    return words[what.code] % what.told
