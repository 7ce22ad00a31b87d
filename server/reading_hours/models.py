"""Tables of reading hours. They are sealed under the therapist's key."""

from typing import Any

from tortoise import fields

from server.database import service as database


class Hours(database.Table):
    """When a therapist reads."""

    therapist: fields.OneToOneRelation[Any] = fields.OneToOneField(
        "server.Account", primary_key=True, related_name=False, on_delete=fields.CASCADE
    )
    sealed = fields.BinaryField()
    letter_at = fields.BigIntField(null=True, description="when a backup was last written to")
    next_letter_at = fields.BigIntField(null=True, description="no letter is tried before")
    letter_tries = fields.IntField(null=True, description="of the letter after that one")
    letter_held_until = fields.BigIntField(null=True, description="before that the address took no more letters")

    class Meta:
        app = "server"
        table = "reading_hours"


class WrittenAddress(database.Table):
    """One of the few letters that go to an address in a span of time, and whose it is until then."""

    address = fields.CharField(max_length=64, primary_key=True, description="a keyed hash")
    reader = fields.CharField(max_length=64, description="a keyed hash: it stays when their account is erased")
    free_at = fields.BigIntField()

    class Meta:
        app = "server"
        table = "written_address"
