"""Files are content-addressed and never overwritten: the same bytes are kept once."""

from django.db import models


class File(models.Model):
    """Bytes that belong to a contract, an employee's face or a letter; who may see them, says the
    owner row.
    """

    digest = models.CharField(max_length=64, unique=True)
    size = models.PositiveBigIntegerField()
    media_type = models.CharField(max_length=100)
    kept_at = models.DateTimeField()

    @property
    def path(self) -> str:
        return f"{self.digest[:2]}/{self.digest}"
