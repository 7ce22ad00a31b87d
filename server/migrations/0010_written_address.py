from tortoise import migrations
from tortoise.migrations import operations as ops
from tortoise import fields

class Migration(migrations.Migration):
    dependencies = [('server', '0009_reader_name')]

    initial = False

    operations = [
        ops.CreateModel(
            name='WrittenAddress',
            fields=[
                ('address', fields.CharField(primary_key=True, unique=True, db_index=True, description='a keyed hash', max_length=64)),
                ('reader', fields.CharField(description='a keyed hash: it stays when their account is erased', max_length=64)),
                ('free_at', fields.BigIntField()),
            ],
            options={'table': 'written_address', 'app': 'server', 'pk_attr': 'address', 'table_description': "An address that letters go to, for the time in which one reader's may go there and nobody else's."},
            bases=['Table'],
        ),
    ]
