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
        ops.AddField(
            model_name='Hours',
            name='letter_at',
            field=fields.BigIntField(null=True, description='when a backup was last written to'),
        ),
        ops.AddField(
            model_name='Hours',
            name='next_letter_at',
            field=fields.BigIntField(null=True, description='no letter is tried before'),
        ),
        ops.AddField(
            model_name='Hours',
            name='letter_tries',
            field=fields.IntField(null=True, description='of the letter after that one'),
        ),
    ]
