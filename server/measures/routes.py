"""The wire of questionnaires: the instruments, and reading responses. Those are written by the sync."""

from typing import Literal

import msgspec
from starlette.requests import Request
from starlette.responses import Response as Answer

from server.accounts import guard
from server.base import web
from server.base.ids import Id
from server.measures import service as measures
from server.measures.instruments import Card, ChangeRule, Formula
from server.measures.rules import Response, Score


class OptionShown(msgspec.Struct):
    """One answer that an item takes."""

    value: int
    label: str


class ItemShown(msgspec.Struct):
    """One question with the answers that it takes, in the order in which they are shown."""

    id: str
    text: str
    scored: bool
    options: list[OptionShown]


class BandShown(msgspec.Struct, rename={"start": "from"}):
    """What a total from here on is called, up to the next band; null where it has no name."""

    start: int | float
    name: str | None


class InstrumentShown(msgspec.Struct):
    """An instrument as the wire carries it, with what its answers are counted and read by.

    Without `available` it waits for its licensed pack, and has no words.
    """

    id: str
    version: str
    title: str
    recall_days: int
    stem: str
    items: list[ItemShown]
    attribution: str
    safety_item: str | None
    card: Card | None
    total: Formula
    bands: list[BandShown]
    change: ChangeRule | None
    available: bool
    entered_by: Literal["patient", "clinician"]
    has_index_event: bool


class InstrumentList(msgspec.Struct):
    """Every instrument that is offered here."""

    items: list[InstrumentShown]
    next: None = None


class ResponseRecord(msgspec.Struct):
    """A response as the wire carries it."""

    kind: Literal["response"]
    id: Id
    revision: int
    deleted: bool
    recorded_at: str
    edited_at: str
    received_at: str
    values: Response
    alternatives: dict[str, list[str]]
    score: Score


class ResponsePage(msgspec.Struct):
    """Responses, newest first; `next` is the cursor of the following page, null on the last."""

    items: list[ResponseRecord]
    next: str | None


async def list_instruments(request: Request) -> Answer:
    """GET /api/instruments. 200: those that are offered; any other that is known is read by its id."""
    return web.json(InstrumentList([shown(each) for each in measures.offered()]))


async def read_instrument(request: Request) -> Answer:
    """GET /api/instruments/{instrument}. 200; 404."""
    return web.json(shown(measures.instrument(request.path_params["instrument"])))


async def read_responses(request: Request) -> Answer:
    """GET /api/responses?from&to&limit&cursor. 200, newest first; 422."""
    asker, cursor = guard.patient(request), request.query_params.get("cursor")
    period, limit = web.period(request), web.limit(request)
    return web.json(await measures.page(asker.account_id, period, limit, cursor, web.now(request)))


def shown(instrument: measures.Instrument) -> InstrumentShown:
    """The instrument as the wire carries it."""
    items = [
        ItemShown(
            item.id,
            item.text,
            item.scored,
            [OptionShown(option.value, option.label) for option in instrument.options_of(item)],
        )
        for item in instrument.items
    ]
    return InstrumentShown(
        id=instrument.id,
        version=instrument.version,
        title=instrument.title,
        recall_days=instrument.recall_days,
        stem=instrument.stem,
        items=items,
        attribution=instrument.attribution,
        safety_item=instrument.safety_item,
        card=instrument.card,
        total=instrument.total,
        bands=[BandShown(band.start, band.name) for band in instrument.bands],
        change=instrument.change,
        available=instrument.has_text,
        entered_by=instrument.entered_by,
        has_index_event=instrument.has_index_event,
    )


routes = [
    web.endpoint("GET", "/api/instruments", list_instruments, who="account", answer=InstrumentList),
    web.endpoint(
        "GET",
        "/api/instruments/{instrument}",
        read_instrument,
        who="account",
        answer=InstrumentShown,
        problems=(404,),
    ),
    web.endpoint(
        "GET",
        "/api/responses",
        read_responses,
        who="patient",
        answer=ResponsePage,
        query=("from", "to", "limit", "cursor"),
        problems=(422,),
    ),
]
