from django.db import migrations, models

# A batch is hidden as a whole from now on. Rows that a worker left beside others that had entered go apart.
APART = """
    UPDATE households_household SET batch = '~' || substr(batch, 1, 23)
    WHERE NOT entered AND batch IN (SELECT batch FROM households_household WHERE entered)
"""
HIDE = "INSERT INTO households_hidden (batch) SELECT DISTINCT batch FROM households_household WHERE NOT entered"


class Migration(migrations.Migration):

    dependencies = [
        ('households', '0003_one_index_each'),
    ]

    operations = [
        migrations.CreateModel(
            name='Hidden',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('batch', models.CharField(max_length=24, unique=True)),
            ],
        ),
        migrations.RunSQL(APART, migrations.RunSQL.noop),
        migrations.RunSQL(HIDE, migrations.RunSQL.noop),
    ]
