"""Tables of sharing."""

from typing import Any

from tortoise import fields

from server.database import service as database


class Consent(database.Table):
    """What one patient opens to one reader, with the date of everything that befell it."""

    id = fields.UUIDField(primary_key=True)
    patient: fields.ForeignKeyRelation[Any] = fields.ForeignKeyField(
        "server.Account", related_name=False, on_delete=fields.CASCADE
    )
    therapist: fields.ForeignKeyNullableRelation[Any] = fields.ForeignKeyField(
        "server.Account", related_name=False, on_delete=fields.SET_NULL, null=True
    )
    secret_hash = fields.CharField(max_length=64, unique=True)
    reader = fields.CharField(max_length=16, description="therapist or prescriber")
    reader_name = fields.BinaryField(null=True, description="what they went by when they accepted, sealed")
    scopes = fields.CharField(max_length=200)
    first_day = fields.CharField(max_length=10, null=True)
    last_day = fields.CharField(max_length=10, null=True)
    notes_from = fields.CharField(max_length=10)
    quiet_after_days = fields.IntField(null=True)
    quiet_asked_at = fields.BigIntField(null=True, description="when that was asked later than the consent was given")
    given_at = fields.BigIntField()
    expires_at = fields.BigIntField()
    accepted_at = fields.BigIntField(null=True)
    withdrawn_at = fields.BigIntField(null=True)
    listed_at = fields.BigIntField(null=True)
    last_viewed_at = fields.BigIntField(null=True)
    views = fields.IntField(default=0)

    class Meta:
        app = "server"
        table = "consent"
        indexes = (("patient_id",), ("therapist_id",))


class OpenedNote(database.Table):
    """A note older than the consent, opened by itself."""

    number = fields.BigIntField(primary_key=True)
    consent: fields.ForeignKeyRelation[Any] = fields.ForeignKeyField(
        "server.Consent", related_name=False, on_delete=fields.CASCADE
    )
    record_id = fields.UUIDField()

    class Meta:
        app = "server"
        table = "opened_note"
        unique_together = (("consent_id", "record_id"),)
