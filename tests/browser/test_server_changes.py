"""What a phone does when the server behind it changes: a new version of the page, or an older state of its data."""

import shutil
import sqlite3
from pathlib import Path
from uuid import uuid4

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Serve
from tests.browser.phone import Phone
from tests.browser.server import Server
from tests.tried import size, tell

UPDATES = size(10, 300)
# Requests that cross the taking over: the browser then leaves the new worker waiting.
USE_IT_AMID_REQUESTS = """() => {
    const until = performance.now() + 500
    const ask = () => { if (performance.now() < until) { fetch('/healthz'); setTimeout(ask, 5) } }
    ask()
    setTimeout(() => document.querySelector('#news button').click(), 200)
}"""


@pytest.fixture
def server(serve: Serve, own_files: Path) -> Server:
    """A running installation with files of its own, which a journey may change."""
    return serve(own_files)


def test_a_new_version_waits_for_the_person_and_loses_nothing(phone: Phone, server: Server) -> None:
    phone.sign_in(server.register())
    phone.wait_for_shell()
    phone.page.reload()
    server.stop()
    page = server.root / "static" / "index.html"
    page.write_text(page.read_text().replace(">A note<", ">A new note<"))
    server.start()

    phone.write("half a thought")
    phone.page.evaluate("navigator.serviceWorker.getRegistration().then(one => one.update())")
    expect(phone.page.get_by_text("A new version is ready.")).to_be_visible()
    expect(phone.page.get_by_text("A note", exact=True)).to_be_visible()
    expect(phone.page.get_by_role("button", name="Use it now")).to_be_visible()
    phone.page.evaluate(USE_IT_AMID_REQUESTS)

    expect(phone.page.get_by_text("A new note", exact=True)).to_be_visible()
    expect(phone.page.locator("#note")).to_have_value("half a thought")
    server.stop()
    phone.page.reload()
    expect(phone.page.get_by_text("A new note", exact=True)).to_be_visible()


def test_ten_new_versions_amid_writing_lose_nothing(phone: Phone, server: Server) -> None:
    patient = server.register()
    phone.sign_in(patient)
    phone.wait_for_shell()
    phone.page.reload()
    notes = [f"written before version {number}" for number in range(UPDATES)]
    page = server.root / "static" / "index.html"
    kept, form = phone.page.locator("#earlier li"), phone.page.locator("#note")

    for number, note in enumerate(notes):
        server.stop()
        page.write_text(page.read_text().replace("</body>", f"<!-- {number} --></body>"))
        server.start()
        phone.page.evaluate("navigator.serviceWorker.getRegistration().then(one => one.update())")
        expect(phone.page.get_by_role("button", name="Use it now")).to_be_visible(timeout=60_000)
        phone.write(note)
        # Save and the new version in one breath: the reload comes while the entry is on its way to the disk.
        with phone.page.expect_event("load", timeout=60_000):
            phone.page.evaluate(
                """isSaved => {
                    if (isSaved) document.querySelector('.save button').click()
                    document.querySelector('#news button').click()
                }""",
                number % 2 == 0,
            )
        phone.until(
            lambda want=number + 1, typed=note: kept.count() == want or form.input_value() == typed,
            "the entry, or what was half written of it",
        )
        if kept.count() <= number:
            phone.save()
            phone.expect_state("Saved")

    phone.until(lambda: len(server.check_ins(patient)) == UPDATES, "every entry", 90)
    assert sorted(record["values"]["note"] for record in server.check_ins(patient)) == notes
    tell(f"F7 new versions amid writing: {UPDATES} tried, 0 entries lost, 0 doubled")


def test_a_server_restored_from_an_older_backup_gets_back_what_it_lacks(phone: Phone, server: Server) -> None:
    patient = server.register()
    phone.sign_in(patient)
    save(phone, "kept in the backup")
    server.stop()
    shutil.copytree(server.data / "database", server.data / "backup")
    server.start()
    save(phone, "written after the backup")
    phone.page.locator("#earlier a").last.click()
    expect(phone.page.locator("#today-lead")).to_contain_text("changing this entry")
    phone.page.locator("#note").fill("kept in the backup, then mended")
    phone.save()
    expect(phone.page.get_by_text("On this device, and sent.")).to_be_visible(timeout=70_000)

    server.stop()
    shutil.rmtree(server.data / "database")
    (server.data / "backup").rename(server.data / "database")
    with sqlite3.connect(server.data / "database" / "interlude.db") as database:
        database.execute("UPDATE installation SET history = ?", (str(uuid4()),))
    server.start()
    assert [record["values"]["note"] for record in server.check_ins(patient)] == ["kept in the backup"]
    phone.page.reload()

    phone.until(lambda: len(server.check_ins(patient)) == 2, "the second entry to come back")
    phone.until(
        lambda: (
            sorted(record["values"]["note"] for record in server.check_ins(patient))
            == ["kept in the backup, then mended", "written after the backup"]
        ),
        "the edit to come back",
    )
    assert [record["alternatives"] for record in server.check_ins(patient)] == [{}, {}]


def save(phone: Phone, note: str) -> None:
    """One check-in, kept and sent."""
    phone.write(note)
    phone.save()
    phone.expect_state("Saved and sent")
