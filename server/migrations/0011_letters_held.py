from tortoise import migrations
from tortoise.migrations import operations as ops
from tortoise import fields

class Migration(migrations.Migration):
    dependencies = [('server', '0010_written_address')]

    initial = False

    operations = [
        ops.AddField(
            model_name='Hours',
            name='letter_held_until',
            field=fields.BigIntField(null=True, description='before that the address took no more letters'),
        ),
    ]
