"""The log: one JSON object a line, on standard error. Route templates and ids; never what a person wrote."""

import json
import logging
import sys
import threading
from types import TracebackType
from typing import Any

import msgspec

from server.base.clock import wire_of

_encode = msgspec.json.Encoder().encode
_FIELDS = ("method", "route", "status", "ms", "request_id", "account_id", "job", "count", "cause")


class _Lines(logging.Formatter):
    """Writes the message and the fields that are allowed out; an exception by its type and place, never its text."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, Any] = {
            "at": wire_of(int(record.created * 1000)),
            "level": record.levelname.lower(),
            "event": record.getMessage() if record.name.startswith("interlude") else record.name,
        }
        line |= {name: value for name in _FIELDS if (value := getattr(record, name, None)) is not None}
        if record.exc_info and record.exc_info[0]:
            line["error"] = record.exc_info[0].__name__
            line["where"] = _places(record.exc_info[2])
        try:
            return str(_encode(line), "utf-8")
        except UnicodeEncodeError:  # half a character: kept as its escape
            return json.dumps(line)


def _places(traceback: Any) -> list[str]:
    """Files and lines of a traceback, innermost last; its messages may quote what a person wrote and stay out."""
    places: list[str] = []
    while traceback is not None:
        code = traceback.tb_frame.f_code
        places.append(f"{code.co_filename.rsplit('/server/', 1)[-1]}:{traceback.tb_lineno} {code.co_name}")
        traceback = traceback.tb_next
    return places[-8:]


def start_log(level: int = logging.INFO) -> None:
    """Sends every logger of the process through the one format. Libraries are heard from warnings up.

    So is what Python itself would write on standard error, with the words of exceptions: nothing else may write there.
    """
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_Lines())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.WARNING)
    logging.getLogger("interlude").setLevel(level)
    logging.getLogger("uvicorn.error").setLevel(logging.ERROR)  # it warns of every bad request: counted, not told
    logging.captureWarnings(True)
    # No line names a caller, a thread or a process: looking them up was half its cost (logging HOWTO, Optimization).
    logging._srcfile = None
    logging.logThreads = logging.logProcesses = logging.logMultiprocessing = False
    logging.raiseExceptions = False  # a faulty log call would print all it was given
    sys.excepthook = _uncaught
    sys.unraisablehook = lambda told: _uncaught(told.exc_type, told.exc_value, told.exc_traceback)
    threading.excepthook = lambda told: _uncaught(told.exc_type, told.exc_value, told.exc_traceback)


def _uncaught(kind: type[BaseException], error: BaseException | None, traceback: TracebackType | None) -> None:
    log.critical("fault", exc_info=(kind, error or BaseException(), traceback))


log = logging.getLogger("interlude")
