"""The tables of the plain server, as a day's work would make them."""

from tortoise import fields
from tortoise.models import Model


class Patient(Model):
    id = fields.UUIDField(primary_key=True)
    revision = fields.BigIntField(default=0)

    class Meta:
        table = "patient"


class SignIn(Model):
    token_hash = fields.CharField(max_length=64, primary_key=True)
    patient = fields.ForeignKeyField("plain.Patient")
    ends_at = fields.BigIntField()

    class Meta:
        table = "sign_in"


class Change(Model):
    id = fields.BigIntField(primary_key=True)
    patient = fields.ForeignKeyField("plain.Patient")
    change_id = fields.UUIDField()

    class Meta:
        table = "change"
        unique_together = (("patient_id", "change_id"),)


class Entry(Model):
    id = fields.BigIntField(primary_key=True)
    patient = fields.ForeignKeyField("plain.Patient")
    record_id = fields.UUIDField()
    revision = fields.BigIntField()
    day = fields.CharField(max_length=10)
    happened_at = fields.BigIntField()
    recorded_at = fields.CharField(max_length=30)
    edited_at = fields.CharField(max_length=30)
    received_at = fields.CharField(max_length=30)
    body = fields.JSONField()

    class Meta:
        table = "entry"
        unique_together = (("patient_id", "record_id"), ("patient_id", "revision"))
        indexes = (("patient_id", "day"),)
