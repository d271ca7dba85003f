"""Powers to set budgets of care, and to take gifts along for accounting."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0032_programs'),
    ]

    operations = [
        migrations.AlterField(
            model_name='power',
            name='kind',
            field=models.CharField(choices=[('approve', 'Approve a direction'), ('reassign', 'Hand a stage to someone else'), ('templates', 'Edit contract forms'), ('routes', 'Edit approval routes'), ('people', 'Manage employees, absences and powers'), ('clients', 'Manage clients and their access'), ('firm', "Change the firm's settings"), ('sign', 'Sign contracts for the firm'), ('register', 'Start contracts and register them'), ('beyond', 'Go beyond the rules for a client'), ('talk', 'Talk through what needs training'), ('goodwill', 'Set budgets of care'), ('accounts', 'Take gifts and bonuses along for accounting')], max_length=20),
        ),
    ]
