from django.db import migrations, models

# Sheaves written until now bear the number of their entry.
NUMBERED = "UPDATE ledger_entry SET sheaf = id WHERE id IN (SELECT entry_id FROM ledger_leaf)"


class Migration(migrations.Migration):

    dependencies = [
        ('ledger', '0001_initial'),
    ]

    operations = [
        migrations.AddField(
            model_name='entry',
            name='sheaf',
            field=models.BigIntegerField(null=True, unique=True),
        ),
        migrations.RunSQL(NUMBERED, migrations.RunSQL.noop),
    ]
