from tortoise import migrations
from tortoise.migrations import operations as ops
from tortoise.fields.base import OnDelete
from uuid import uuid4
from tortoise import fields
from tortoise.indexes import Index

class Migration(migrations.Migration):
    dependencies = [('server', '0002_tapering')]

    initial = False

    operations = [
        ops.CreateModel(
            name='Alert',
            fields=[
                ('id', fields.UUIDField(primary_key=True, default=uuid4, unique=True, db_index=True)),
                ('patient', fields.ForeignKeyField('server.Account', source_field='patient_id', db_constraint=True, to_field='id', related_name=False, on_delete=OnDelete.CASCADE)),
                ('consent', fields.ForeignKeyField('server.Consent', source_field='consent_id', db_constraint=True, to_field='id', related_name=False, on_delete=OnDelete.CASCADE)),
                ('sealed', fields.BinaryField(description='what raised it')),
                ('raised_at', fields.BigIntField(description='milliseconds since 1970')),
                ('due_at', fields.BigIntField(null=True, description='when it is called unseen, empty once that is settled')),
                ('unseen_at', fields.BigIntField(null=True)),
                ('seen_at', fields.BigIntField(null=True)),
                ('reply', fields.BinaryField(null=True, description='who saw it, and with which reply')),
                ('closed_at', fields.BigIntField(null=True)),
            ],
            options={'table': 'alert', 'app': 'server', 'indexes': [Index(fields=['patient_id', 'raised_at']), Index(fields=['consent_id']), Index(fields=['due_at'])], 'pk_attr': 'id', 'table_description': 'Something that a reader under one consent is told of, and what became of it.'},
            bases=['Table'],
        ),
    ]
