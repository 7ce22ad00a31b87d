"""Tables of reminders. The words that a person chose are sealed; outside stands when to nudge, and what came of it."""

from typing import Any

from tortoise import fields

from server.database import service as database


class Reminder(database.Table):
    """A reminder and its next occurrence. That one column of instants is the whole scheduler."""

    id = fields.UUIDField(primary_key=True)
    patient: fields.ForeignKeyRelation[Any] = fields.ForeignKeyField(
        "server.Account", related_name=False, on_delete=fields.CASCADE
    )
    local_time = fields.CharField(max_length=5)
    weekdays = fields.CharField(max_length=7, description="1 to 7, Monday first")
    zone = fields.CharField(max_length=64)
    skip_if_logged = fields.BooleanField()
    quiet_from = fields.CharField(max_length=5, null=True)
    quiet_to = fields.CharField(max_length=5, null=True)
    paused_until = fields.CharField(max_length=40, null=True, description="a local day or an instant")
    day_starts_at = fields.CharField(max_length=5, description="when the days of the patient turn")
    form = fields.CharField(max_length=16, null=True, description="empty for a daily one")
    every_days = fields.IntField(null=True)
    coming = fields.TextField(null=True, description="the prompts of sessions that are planned, the next one first")
    sealed = fields.BinaryField(null=True, description="the words of the notification")
    terms = fields.BinaryField(null=True, description="what it reminds of")
    next_day = fields.CharField(max_length=10)
    next_due_at = fields.BigIntField(description="milliseconds since 1970")
    updated_at = fields.BigIntField()
    opened_at = fields.BigIntField(null=True, description="when the person last had the app open, to the hour")

    class Meta:
        app = "server"
        table = "reminder"
        indexes = (("next_due_at",), ("patient_id",))


class Delivery(database.Table):
    """What became of one occurrence, kept after its reminder is gone.

    `try_at`: when somebody may take it in hand. Whoever does moves that on by a lease and leaves a token as a fence.
    """

    id = fields.UUIDField(primary_key=True)
    patient: fields.ForeignKeyRelation[Any] = fields.ForeignKeyField(
        "server.Account", related_name=False, on_delete=fields.CASCADE
    )
    reminder_id = fields.UUIDField(null=True)
    subscription_id = fields.UUIDField(null=True, description="the one device that a test is for")
    session_id = fields.UUIDField(null=True, description="the session that it asks about")
    since = fields.BigIntField(null=True, description="an entry from then on makes it needless")
    day = fields.CharField(max_length=10)
    slot = fields.CharField(max_length=16)
    due_at = fields.BigIntField()
    status = fields.CharField(max_length=16)
    channel = fields.CharField(max_length=16, null=True)
    attempts = fields.IntField(default=0)
    try_at = fields.BigIntField(null=True)
    lease_token = fields.UUIDField(null=True)
    sent_at = fields.BigIntField(null=True)
    shown_at = fields.BigIntField(null=True)
    opened_at = fields.BigIntField(null=True)
    action = fields.CharField(max_length=16, null=True)

    class Meta:
        app = "server"
        table = "delivery"
        unique_together = (("patient_id", "reminder_id", "day", "slot"),)
        indexes = (("try_at",), ("patient_id", "due_at"))


class PromptedDay(database.Table):
    """The one delivery that may be pushed on a local day, for who is asked about more than one thing."""

    number = fields.BigIntField(primary_key=True, generated=True)
    patient: fields.ForeignKeyRelation[Any] = fields.ForeignKeyField(
        "server.Account", related_name=False, on_delete=fields.CASCADE
    )
    day = fields.CharField(max_length=10)
    delivery_id = fields.UUIDField()

    class Meta:
        app = "server"
        table = "prompted_day"
        unique_together = (("patient_id", "day"),)
