from django.db import migrations


class Migration(migrations.Migration):
    """Two changes of the tables came side by side."""

    dependencies = [
        ("contracts", "0011_own_steps_of_erased"),
        ("contracts", "0011_standing_stages"),
    ]

    operations = []
