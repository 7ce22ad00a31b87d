from tortoise import migrations
from tortoise.migrations import operations as ops
from tortoise import fields

class Migration(migrations.Migration):
    dependencies = [('server', '0006_prompts')]

    initial = False

    operations = [
        ops.AddField(
            model_name='Alert',
            name='backup_told_at',
            field=fields.BigIntField(null=True, description='when whoever reads instead was written to'),
        ),
    ]
