"""Tables of accounts. Names, mail and secrets are sealed under the account's own key."""

from typing import Any

from tortoise import fields

from server.database import service as database


class Account(database.Table):
    """A person."""

    id = fields.UUIDField(primary_key=True)
    role = fields.CharField(max_length=16)
    mail_index = fields.CharField(max_length=64, unique=True, description="keyed hash of the lower-case mail")
    sealed = fields.BinaryField(description="name and mail")
    password_hash = fields.CharField(max_length=200)
    zone = fields.CharField(max_length=64)
    day_starts_at = fields.CharField(max_length=5, default="04:00")
    language = fields.CharField(max_length=16, default="en")
    created_at = fields.BigIntField()
    erasing_at = fields.BigIntField(null=True, description="an erasure has begun, and is finished whatever happens")

    class Meta:
        app = "server"
        table = "account"


class SignIn(database.Table):
    """One device that is, or was, signed in."""

    id = fields.UUIDField(primary_key=True)
    account: fields.ForeignKeyRelation[Any] = fields.ForeignKeyField(
        "server.Account", related_name=False, on_delete=fields.CASCADE
    )
    token_hash = fields.CharField(max_length=64, unique=True)
    sealed = fields.BinaryField(description="the device in words")
    created_at = fields.BigIntField()
    seen_at = fields.BigIntField()
    expires_at = fields.BigIntField()
    proved_at = fields.BigIntField(null=True, description="when its person proved again who they are")

    class Meta:
        app = "server"
        table = "sign_in"
        indexes = (("account_id",),)


class Factor(database.Table):
    """A second proof by time-based codes (RFC 6238)."""

    id = fields.UUIDField(primary_key=True)
    account: fields.ForeignKeyRelation[Any] = fields.ForeignKeyField(
        "server.Account", related_name=False, on_delete=fields.CASCADE
    )
    sealed = fields.BinaryField(description="the shared secret")
    created_at = fields.BigIntField()
    confirmed_at = fields.BigIntField(null=True)
    last_step = fields.BigIntField(default=0, description="the last time step used, so that a code works once")

    class Meta:
        app = "server"
        table = "factor"
        indexes = (("account_id",),)


class RecoveryCode(database.Table):
    """A code that replaces a lost second factor, once."""

    number = fields.BigIntField(primary_key=True)
    account: fields.ForeignKeyRelation[Any] = fields.ForeignKeyField(
        "server.Account", related_name=False, on_delete=fields.CASCADE
    )
    code_hash = fields.CharField(max_length=64)
    used_at = fields.BigIntField(null=True)

    class Meta:
        app = "server"
        table = "recovery_code"
        indexes = (("account_id",),)


class Attempt(database.Table):
    """How often something was tried in a span of time, by a keyed hash of who tried it."""

    bucket = fields.CharField(max_length=64, unique=True)
    number = fields.BigIntField(primary_key=True)
    count = fields.IntField()
    ends_at = fields.BigIntField()

    class Meta:
        app = "server"
        table = "attempt"
        indexes = (("ends_at",),)
