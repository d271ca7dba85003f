"""`zabota points verify`: checks the books of points."""

from argparse import Namespace
from gettext import gettext as _

from zabota.config.cli.ready import check_tables
from zabota.loyalty.models import Batch, Posting, Transfer
from zabota.loyalty.verify import faults_of_points


def run(arguments: Namespace) -> int:
    """0 when everything holds; 1 with what does not."""
    check_tables()
    faults = list(faults_of_points())
    if not faults:
        counts = {
            "postings": Posting.objects.count(),
            "transfers": Transfer.objects.count(),
            "batches": Batch.objects.count(),
        }
        print(
            _(
                "The books of points hold: %(postings)d postings of %(transfers)d transfers,"
                " %(batches)d batches."
            )
            % counts
        )
        return 0
    words = {
        "total": _("all postings sum to %s, not to nothing"),
        "transfer": _("the postings of transfer %s do not sum to nothing"),
        "posting": _("posting %s has no transfer"),
        "batch": _("what is left of batch %s is not the sum of its postings"),
        "unit": _("posting %s is of another unit than its batch"),
    }
    for code, row in faults:
        print(_("The books of points do not hold: %s.") % (words[code] % row))
    return 1
