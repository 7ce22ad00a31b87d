"""The bench's own parts: its figures are right, its bodies never repeat, its lines are what it says."""

from datetime import UTC, datetime, timedelta
from random import Random

import msgspec
import pytest

from server.base.clock import local_day
from server.cli.bench import main
from server.cli.floor.app import Change, Sync, row_of
from server.cli.load.client import request_of
from server.cli.load.phase import Phase
from server.cli.load.processes import cpu_s, tree
from server.cli.load.workloads import DAYS, Lane, Side, Wrong, change_of, check_in, roster, today
from server.cli.speed.durable import syncs_in
from server.cli.speed.figures import Figures, Line, figures_of, gain_of, percentile, ratio_of
from server.cli.speed.lines import SPECS, chosen, lanes_of, of_sort
from server.cli.speed.report import Errand, Found, Micro, Report
from server.cli.speed.seed import days_of, patches
from server.cli.speed.table import table

NOW = datetime(2026, 11, 23, 19, 0, tzinfo=UTC)


def lane(patients: int = 3) -> Lane:
    people = roster(patients, DAYS)
    return Lane(Side("server", 0, (), {each.id: DAYS for each in people}), people, Random(7))


def body_of(request: bytes) -> dict[str, object]:
    return msgspec.json.decode(request.split(b"\r\n\r\n", 1)[1])


def answer_of(request: bytes, revision: int, outcome: str = "stored") -> bytes:
    names = [change["id"] for change in body_of(request)["changes"]]
    results = [{"id": name, "outcome": outcome} for name in names]
    return msgspec.json.encode({"results": results, "records": [{} for _ in names], "revision": revision})


@pytest.mark.parametrize(
    ("values", "share", "wanted"),
    [([], 0.5, 0), ([4], 0.99, 4), ([1, 2, 3, 4], 0.5, 2), ([3, 1, 2], 1, 3), (range(1, 101), 0.95, 95),
     (range(1, 1001), 0.99, 990), ([1, 2], 0, 1)],
)  # fmt: skip
def test_a_percentile_is_the_nearest_rank(values, share, wanted):
    assert percentile(list(values), share) == wanted


def test_a_ratio_is_the_median_of_the_rounds_side_by_side():
    assert ratio_of([2.0, 9.0, 4.0], [1.0, 3.0, 1.0]) == 3.0
    assert ratio_of([1.0], [0.0]) is None


def test_cpu_is_counted_by_request_and_in_milliseconds():
    first = Phase(100, 2.0, 0.05, [0.001] * 100, 700, 1300, 10**7, [])
    second = Phase(100, 1.0, 0.07, [0.003] * 100, 700, 1300, 0, [])

    figures = figures_of("server", [first, second])

    assert figures.by_round == pytest.approx([0.5, 0.7])
    assert figures.cpu_ms == pytest.approx(0.6)
    assert (figures.requests, figures.per_second, figures.rss_mb) == (200, 75.0, 10.0)
    assert (figures.p50_ms, figures.p99_ms) == (1.0, 3.0)


def test_a_second_process_counts_only_while_nobody_waits_longer_and_the_machine_bounds_it():
    def held(per_second: float, p95_ms: float) -> Figures:
        return Figures("server", 100, 1.5, [1.5], per_second, p95_ms, p95_ms, p95_ms, 1, 1, 1.0, asking_ms=0.5)

    one = {8: held(400, 10), 16: held(500, 20)}
    two = {8: held(600, 15), 16: held(900, 20), 32: held(950, 21)}

    gain = gain_of(two, one, 16, 2)

    assert (gain.rate, gain.cpu, gain.room) == (1.8, 1.0, 2.0)


def test_who_takes_the_cores_stands_beside_the_gain_of_a_second_process():
    figures = Figures("1 process, 16", 500, 2.0, [2.0], 800.0, 18.0, 30.0, 40.0, 0, 0, 0.0, 0.4, 0.75)
    report = Report("postgresql", dict.fromkeys(("database", "cpu", "cores", "python"), "?"), "", 50, DAYS)
    report.lines, report.gain = [Line("processes", 16, [figures])], gain_of({16: figures}, {16: figures}, 16, 2)

    told = table(report)

    assert figures.busy(2) == pytest.approx(0.96)
    assert "1 process, 16 1.250 0.750 0.400 96%" in " ".join(told.split())


def test_of_the_system_calls_only_syncs_of_the_database_count(tmp_path):
    calls = tmp_path / "syncs"
    calls.write_text(
        "71 fdatasync(9</made/database/interlude.db-wal> <unfinished ...>\n71 <... fdatasync resumed>) = 0\n"
        "70 fdatasync(11</made/keyring/keyring.db-wal>) = 0\n"
        "71 fsync(8</made/database/interlude.db>) = 0\n70 +++ exited with 0 +++\n"
    )

    assert syncs_in(calls) == 2


def test_what_a_batch_costs_beside_a_write_stands_beside_the_floors_own():
    def line(name: str, ours: float, floor: float) -> Line:
        sides = [("server", ours), ("floor", floor)]
        return Line(name, 16, [Figures(side, 9, ms, [ms], 1.0, 1.0, 1.0, 1.0, 1, 1, 1.0) for side, ms in sides])

    report = Report("sqlite", {}, "", 50, DAYS, lines=[line("single-write-16", 1.0, 0.4), line("batch-14", 2.5, 1.2)])

    told = dict(report.between_lines())

    assert told["batch of 14 ÷ one write (≤ 2.5)"] == 2.5
    assert told["  the floor's: batch of 14 ÷ one write"] == pytest.approx(3.0)


def test_the_cpu_of_a_tree_of_processes_only_grows():
    before = cpu_s([1]) + cpu_s(tree(1))

    total = sum(number * number for number in range(200_000))

    assert total > 0
    assert cpu_s([1]) + cpu_s(tree(1)) > before


def test_no_id_and_no_body_is_sent_twice():
    writer = lane()

    requests = [writer.write(count)[0] for count in (1, 14, 1, 14) * 50]

    changes = [change for request in requests for change in body_of(request)["changes"]]
    assert len({change["id"] for change in changes} | {change["record_id"] for change in changes}) == 2 * len(changes)
    assert len({change["patch"]["note"] for change in changes}) == len(changes) == 1500
    assert all(len(change["patch"]["note"]) == 200 for change in changes)


def test_an_answer_counts_only_when_every_change_is_stored_under_the_revision_that_was_due():
    writer = lane(1)
    request, settle = writer.write(2)
    patient = writer.patients[0]

    wrongs = [answer_of(request, DAYS + 1), answer_of(request, DAYS + 2, "refused"), b'{"results":[],"records":[]}']
    for wrong in wrongs:
        with pytest.raises((Wrong, msgspec.ValidationError)):
            settle(200, wrong)
    with pytest.raises(Wrong):
        settle(500, answer_of(request, DAYS + 2))
    assert writer.side.acknowledged == 0
    settle(200, answer_of(request, DAYS + 2))

    assert writer.side.revisions[patient.id] == DAYS + 2
    assert writer.side.acknowledged == 2


def test_a_batch_is_sent_again_byte_for_byte_and_must_change_nothing():
    writer = lane(1)
    request, settle = writer.write(14, keep=True)
    settle(200, answer_of(request, DAYS + 14))

    again, settle_again = writer.resend()

    assert again == request
    with pytest.raises(Wrong):
        settle_again(200, answer_of(request, DAYS + 14, "stored"))
    settle_again(200, answer_of(request, DAYS + 14, "replayed"))
    assert writer.side.acknowledged == 14


def test_a_mix_is_seven_single_writes_to_one_batch_and_two_reads():
    mixed = lane()

    asked = [mixed.mixed()[0] for _ in range(4000)]

    batches = sum(len(request) > 5000 for request in asked)
    reads = sum(request.startswith(b"GET") for request in asked)
    assert 0.08 < batches / 4000 < 0.12
    assert 0.17 < reads / 4000 < 0.23


def test_nobody_is_on_two_lanes_at_once():
    people = roster(60, DAYS)
    side = Side("server", 0, (), {})

    for spec in SPECS:
        shared = [patient.id for each in lanes_of(spec, side, people, 1) for patient in each.patients]
        assert len(shared) == len(set(shared)) >= spec.connections


@pytest.mark.parametrize("zone", ["Etc/GMT+11", "Etc/GMT+8", "Etc/GMT+0", "Etc/GMT-12"])  # where it may be noon
def test_everybody_is_seeded_with_one_check_in_a_day_before_today_and_two_in_earlier_years(zone, monkeypatch):
    for module in ("load.workloads", "speed.seed"):
        monkeypatch.setattr(f"server.cli.{module}.ZONE", zone)
    days = [local_day(at, zone) for at in days_of(7300)]

    assert days == sorted(days)
    assert len(days) == 7300
    assert len(set(days[-DAYS:])) == DAYS
    assert max(days) == today() - timedelta(days=1)
    assert len(set(days)) == DAYS + (7300 - DAYS) // 2
    assert patches(90) == patches(90)


def test_the_floor_refuses_what_the_measured_route_refuses():
    good = change_of(check_in(Random(1), NOW) | {"zone": "Europe/Berlin"}, NOW)

    assert row_of(msgspec.convert(good, Change), NOW, "").day == "2026-11-23"
    for wrong in ({"mood": 11}, {"zone": "Mars/Olympus"}, {"occurred_at": "2026-11-25T20:00:00Z"}, {"unknown": 1}):
        with pytest.raises((msgspec.ValidationError, ValueError)):
            row_of(msgspec.convert(good | {"patch": good["patch"] | wrong}, Change), NOW, "")
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert({"changes": [good | {"id": "x"}]}, Sync)


def test_a_request_is_plain_http():
    request = request_of("POST", "/api/sync", "secret", b"{}")

    head, _, body = request.partition(b"\r\n\r\n")
    assert head.split(b"\r\n")[0] == b"POST /api/sync HTTP/1.1"
    assert b"content-length: 2" in head
    assert body == b"{}"


def test_lines_are_chosen_by_the_beginning_of_their_name():
    assert [spec.name for spec in chosen(["single-write"])] == ["single-write-1", "single-write-16"]
    assert chosen([]) == list(SPECS)
    assert main(["--only", "juggling"]) == 1
    assert main(["--only", "processes", "--database", "sqlite"]) == 1
    assert of_sort([*roster(1, DAYS), *roster(2, 7300)], old=True)[0].entries == 7300


def a_report() -> Report:
    return Report("sqlite", {"database": "3", "cpu": "x", "cores": "2", "python": "3"}, "", 50, 90)


def test_what_a_part_found_stands_in_the_table_beside_its_goal():
    report = a_report()
    errand = Errand.of("a reminder, whole", 300, [0.9, 1.1, 1.0], [700, 900, 800], 1.5, 500)

    report.take(Found([Micro("claim", 200.0, "SQL", 150.0, 0.6)], [errand], ["no such library"], ["one was lost"]))

    words = " ".join(table(report).split())
    assert "a reminder, whole 1.00 ≤ 1.5 800 ≥ 500 300" in words
    assert "claim 200.0 150.0 75% ≥ 60% SQL" in words
    assert "no such library" in words
    assert "1 faults; these figures don't count: one was lost" in words


def test_a_run_with_faults_says_so():
    report = a_report()

    assert "faults" not in table(report)
    report.faults.append("server: 3 rows in record, 4 were seeded and acknowledged")
    assert "1 faults; these figures don't count" in table(report)
