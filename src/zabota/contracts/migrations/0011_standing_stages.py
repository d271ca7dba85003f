from django.db import migrations, models


class Migration(migrations.Migration):
    """What a stage asked when it was laid, and why an earlier decision stands."""

    dependencies = [("contracts", "0010_signing")]

    operations = [
        migrations.AddField(
            model_name="stage", name="facts", field=models.JSONField(default=dict)
        ),
        migrations.AddField(
            model_name="stage", name="standing", field=models.JSONField(default=dict)
        ),
    ]
