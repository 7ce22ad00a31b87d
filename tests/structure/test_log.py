"""The log says what happened and where, and never what a person wrote."""

import ast
import json
import logging
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from server.base.log import _FIELDS, _Lines

SERVER = Path(__file__).resolve().parents[2] / "server"
SECRET = "the tide went out"
ALWAYS = {"at", "level", "event"}
ALLOWED = ALWAYS | {
    "method", "route", "status", "ms", "request_id", "account_id", "job", "count", "cause", "error", "where",
}  # fmt: skip
PLAIN = {"server.app: told"}  # one line about where the master key is, made before anybody wrote anything


def test_only_the_fields_that_are_allowed_come_out() -> None:
    line = _line(route="/api/account", status=200, note=SECRET, path=f"/{SECRET}", body={"note": SECRET}, email=SECRET)

    assert line.keys() == ALWAYS | {"route", "status"}
    assert set(_FIELDS) <= ALLOWED


def test_an_exception_is_told_by_its_type_and_place() -> None:
    line = _line(exc_info=_raised())

    assert line["error"] == "RuntimeError"
    assert line["where"][-1].endswith(" _raise")
    assert "test_log.py:" in line["where"][-1]
    assert SECRET not in json.dumps(line)


def test_what_an_exception_came_from_is_not_quoted_either() -> None:
    try:
        raise ExceptionGroup(SECRET, [ValueError(SECRET)]) from _raised()[1]
    except ExceptionGroup:
        line = _line(exc_info=sys.exc_info(), stack_info=SECRET)

    assert line["error"] == "ExceptionGroup"
    assert SECRET not in json.dumps(line)


@pytest.mark.parametrize("name", ["uvicorn.error", "httpx", "asyncio", "tortoise", "py.warnings"])
def test_of_other_people_s_code_only_the_name_is_told(name: str) -> None:
    line = _line(message=f"HTTP Request: POST https://push.example/{SECRET}", logger=name)

    assert line == {"at": line["at"], "level": "info", "event": name}


@pytest.mark.parametrize("message", ["two\nlines", "a quote \" and \\", "a bell \a", "\u2028", "\ud800"])
def test_a_record_is_one_line_whatever_stands_in_it(message: str) -> None:
    text = _text(message=message)

    assert len(text.splitlines()) == 1 or message == "\u2028"
    assert "\n" not in text
    assert json.loads(text)["event"] == message


@pytest.mark.parametrize(
    "happening",
    [
        pytest.param("raise RuntimeError(SECRET)", id="an exception that nobody catches"),
        pytest.param("import threading; threading.Thread(target=fail).start()", id="one in a thread"),
        pytest.param("import asyncio; asyncio.run(forgotten())", id="one in a task that nobody waits for"),
        pytest.param("Dropped()", id="one in a finaliser"),
        pytest.param("import warnings; warnings.warn(SECRET)", id="a warning"),
        pytest.param("logging.getLogger('interlude').info('%s %s', SECRET)", id="a log call with an argument too few"),
        pytest.param("logging.getLogger('interlude').info('x', extra={'count': Odd()})", id="a field that is no JSON"),
        pytest.param("logging.getLogger('httpx').warning(SECRET)", id="a library's warning"),
        pytest.param("logging.getLogger('httpx').info(SECRET)", id="a library's chatter"),
        pytest.param("logging.getLogger('interlude').debug(SECRET)", id="our own chatter"),
    ],
)
def test_nothing_that_happens_in_the_process_is_quoted_on_standard_error(happening: str) -> None:
    program = _PROGRAM + happening + "\nimport gc; gc.collect(); logging.getLogger('interlude').info('the end')\n"

    ended = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, cwd=SERVER.parent, check=False, timeout=60
    )

    lines = [json.loads(line) for line in ended.stderr.splitlines()]
    assert lines
    assert all(ALWAYS <= line.keys() <= ALLOWED for line in lines)
    assert SECRET not in ended.stderr + ended.stdout


def test_every_log_call_of_ours_has_fixed_words_and_allowed_fields() -> None:
    calls = [(path, call) for path in sorted(SERVER.rglob("*.py")) for call in _log_calls(path)]

    faults = [fault for path, call in calls for fault in _faults_of(path, call)]

    assert len(calls) > 5
    assert faults == []


def test_a_log_call_with_a_person_s_words_would_be_found() -> None:
    calls = [
        "log.info(f'kept {note}')",
        "log.info('kept %s', note)",
        "log.info(note)",
        "log.info('kept', extra={'note': 1})",
        "log.info('kept', extra=fields)",
    ]

    assert [len(_faults_of(SERVER / "journal/service.py", ast.parse(call).body[0].value)) for call in calls] == [1] * 5


_PROGRAM = f"""
import logging
from server.base.log import start_log

SECRET = {SECRET!r}

class Odd:
    def __repr__(self): return SECRET

class Dropped:
    def __del__(self): raise RuntimeError(SECRET)

def fail(): raise RuntimeError(SECRET)

async def forgotten():
    import asyncio
    async def task(): fail()
    asyncio.ensure_future(task())
    await asyncio.sleep(0)
    await asyncio.sleep(0)

start_log()
"""


def _raise() -> None:
    raise RuntimeError(SECRET)


def _raised() -> Any:
    try:
        _raise()
    except RuntimeError:
        return sys.exc_info()


def _text(message: str = "kept", logger: str = "interlude", exc_info: Any = None, **fields: Any) -> str:
    record = logging.LogRecord(logger, logging.INFO, "file.py", 1, message, (), exc_info)
    record.__dict__.update(fields)
    return _Lines().format(record)


def _line(**fields: Any) -> dict[str, Any]:
    line: dict[str, Any] = json.loads(_text(**fields))
    return line


def _log_calls(path: Path) -> list[ast.Call]:
    return [
        node
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and isinstance(node.func.value, ast.Name)
        and node.func.value.id in ("log", "logger", "logging")
        and node.func.attr in ("debug", "info", "warning", "error", "exception", "critical", "log")
    ]


def _faults_of(path: Path, call: Any) -> list[str]:
    """What is wrong with one log call: words put together, arguments outside the command line, other fields."""
    where = f"{path.relative_to(SERVER)}:{call.lineno}"
    words, *arguments = call.args
    module = ".".join(("server", *path.relative_to(SERVER).with_suffix("").parts))
    faults = []
    if not isinstance(words, ast.Constant) and f"{module}: {ast.unparse(words)}" not in PLAIN:
        faults.append(f"{where} has no fixed words")
    if arguments and path.parent.name != "cli":
        faults.append(f"{where} has arguments")
    if any(keyword.arg == "extra" and not _is_allowed(keyword.value) for keyword in call.keywords):
        faults.append(f"{where} has other fields")
    return faults


def _is_allowed(extra: ast.expr) -> bool:
    if isinstance(extra, ast.Call):  # the request's line, whose fields are tested by what comes out
        return ast.unparse(extra.func) == "_line"
    return isinstance(extra, ast.Dict) and {ast.literal_eval(key) for key in extra.keys if key} <= set(_FIELDS)
