from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("people", "0070_takes_referrals"),
    ]

    operations = [
        migrations.AddField(
            model_name="employee", name="quiet_from", field=models.TimeField(null=True)
        ),
        migrations.AddField(
            model_name="employee", name="quiet_to", field=models.TimeField(null=True)
        ),
        migrations.AddConstraint(
            model_name="employee",
            constraint=models.CheckConstraint(
                condition=models.Q(("quiet_from", None), ("quiet_to", None))
                | models.Q(("quiet_from__isnull", False), ("quiet_to__isnull", False)),
                name="employee_quiet_whole_stretch",
            ),
        ),
    ]
