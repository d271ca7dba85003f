"""Of a client who is a person, what banks told of them goes with them."""

from datetime import datetime

from zabota.clients.models import Client, ClientKind
from zabota.journal.models import Entry
from zabota.orders.models import Payment


def forget_payer(entry: Entry, *, by: None, at: datetime) -> int:
    """What follows erasing a person: their payments stay as sums and days, without name, account
    and words. A company's payments are the company's.
    """
    client = Client.objects.filter(pk=entry.facts["client"], kind=ClientKind.PERSON).first()
    if client is None:
        return 0
    family = Client.objects.whole_of(client.pk).values("pk")
    return (
        Payment.objects.filter(client__in=family)
        .exclude(payer="")
        .update(payer="", payer_inn="", payer_account="", purpose="")
    )
