"""What requests are found by."""

from django.db import models
from django.db.models import Q

from zabota.tickets.models.tickets import Ticket


class TicketWords(models.Model):
    """What a request is found by, as tokens (`common.search`) with a space around each: its number,
    title and client, then of every line of its thread, those merged into it too, `l` with the
    number of the line and the words said there, each with who may read it. An index over them is
    laid by a migration.

    Not `gathered`, it lacks what was said before words were kept, or names that have changed: the
    worker brings it up to date.
    """

    ticket = models.OneToOneField(
        Ticket, primary_key=True, on_delete=models.PROTECT, related_name="worded"
    )
    words = models.TextField()
    gathered = models.BooleanField(default=False)

    class Meta:
        indexes = [
            models.Index(fields=["ticket"], name="words_not_gathered", condition=Q(gathered=False))
        ]


class TicketWord(models.Model):
    """Every lemma that was said in some request, once: what half a word may become."""

    word = models.CharField(max_length=100, primary_key=True)


class KnownUpto(models.Model):
    """Up to which line of all threads their lemmas are known. One row."""

    line = models.BigIntegerField(default=0)
