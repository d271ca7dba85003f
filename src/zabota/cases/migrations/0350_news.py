"""News of how a request goes is a moment of truth, too."""

from django.db import migrations

from zabota.cases.moments import TICKET_NEWS

NAMES = {"name_ru": "Весть о ходе обращения", "name_en": "News of how a request goes", "weight": 3}


def lay(apps, schema_editor):
    apps.get_model("cases", "Moment").objects.get_or_create(slug=TICKET_NEWS, defaults=NAMES)


class Migration(migrations.Migration):
    dependencies = [("cases", "0160_amount")]
    operations = [migrations.RunPython(lay, migrations.RunPython.noop)]
