"""`zabota journal verify`: checks every entry of the journal against its digest."""

from argparse import Namespace
from gettext import gettext as _

from zabota.config.cli.ready import check_tables
from zabota.journal.verify import verify_journal


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
            % {"row": result.broken.row, "what": result.broken.what}
        )
        return 1
    print(
        _("The journal does not hold: stream %(stream)d, entry %(seq)d: %(what)s.")
        % {"stream": result.broken.stream, "seq": result.broken.seq, "what": result.broken.what}
    )
    return 1
