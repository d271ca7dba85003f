from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("people", "0002_english_details")]

    operations = [
        migrations.AddField(
            model_name="firm",
            name="blocking_errors",
            field=models.JSONField(blank=True, default=list),
        ),
    ]
