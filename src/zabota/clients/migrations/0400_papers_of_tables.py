from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('clients', '0001_house'),
    ]

    operations = [
        migrations.AlterField(
            model_name='import',
            name='kind',
            field=models.CharField(choices=[('clients', 'Clients'), ('purchases', 'Purchases'), ('orders', 'Orders'), ('invoices', 'Invoices'), ('shipments', 'Shipments'), ('returns', 'Returns'), ('payments', 'Payments'), ('commerceml', 'Exchange of 1C: orders and papers (CommerceML)'), ('statement', 'Statement of a bank (1C format)')], max_length=12),
        ),
    ]
