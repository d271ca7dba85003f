"""Every word said in requests, for those who type half of one."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("tickets", "0311_call_words")]
    operations = [
        migrations.CreateModel(
            name="TicketWord",
            fields=[
                ("word", models.CharField(max_length=100, primary_key=True, serialize=False)),
            ],
        ),
        migrations.CreateModel(
            name="KnownUpto",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("line", models.BigIntegerField(default=0)),
            ],
        ),
    ]
