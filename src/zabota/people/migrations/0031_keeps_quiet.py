from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("people", "0030_skills_places"),
    ]

    operations = [
        migrations.AddField(
            model_name="firm",
            name="keeps_quiet",
            field=models.BooleanField(default=True),
        ),
    ]
