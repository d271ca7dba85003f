"""The words requests are found by, and their index; the worker gathers those of requests there
were before.
"""

import django.db.models.deletion
from django.db import migrations, models

from zabota.tickets.found_index import FOUND


def lay_index(apps, schema_editor):
    for statement in FOUND.schema(schema_editor.connection.vendor):
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("tickets", "0310_calls_lately")]

    operations = [
        migrations.CreateModel(
            name="TicketWords",
            fields=[
                (
                    "ticket",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="worded",
                        serialize=False,
                        to="tickets.ticket",
                    ),
                ),
                ("words", models.TextField()),
                ("gathered", models.BooleanField(default=False)),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("gathered", False)),
                        fields=["ticket"],
                        name="words_not_gathered",
                    )
                ],
            },
        ),
        migrations.RunPython(lay_index, elidable=False),
        migrations.RunSQL(
            "INSERT INTO tickets_ticketwords (ticket_id, words, gathered)"
            " SELECT case_id, '', false FROM tickets_ticket"
        ),
    ]
