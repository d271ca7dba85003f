"""Two changes of the tables came at the same time; neither touches what the other does."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("contracts", "0008_change_since"), ("contracts", "0008_found_again")]

    operations: list[migrations.operations.base.Operation] = []
