"""What is written lies sealed on the phone, and two pages that write at once lose nothing of it."""

from functools import partial
from pathlib import Path

from playwright.sync_api import expect

from tests.browser.conftest import OpenPhone
from tests.browser.phone import Phone
from tests.browser.server import Server
from tests.browser.stored import found_in, in_app, rows

# Where the browser itself remembers what is typed to sign in, the last for its way back after a crash.
THEIRS = ("Default/Web Data", "Default/Login Data", "Default/Sessions/")


def test_no_note_stands_in_any_file_of_the_browser(open_phone: OpenPhone, server: Server, tmp_path: Path) -> None:
    markers = {f"heron{number:02d}lantern" for number in range(30)}
    notes = iter(sorted(markers))
    patient = server.register(name="Wendeline Quist")
    phone = open_phone()
    for _ in range(5):  # as a guest
        save(phone, next(notes))
    phone.sign_in(patient)
    for _ in range(12):
        save(phone, next(notes))
    phone.expect_state("Saved and sent")
    phone.page.locator("#when summary").click()
    phone.page.locator("#when-input").fill("1850-01-01T12:00")
    save(phone, next(notes))
    phone.expect_state("One entry needs a look")
    phone.until(
        lambda: len(rows(phone, database_of(phone))["notes"]) == 3, "who is here, what is due and what is offered"
    )
    phone.context.set_offline(True)
    for _ in range(11):
        save(phone, next(notes))
    phone.page.locator("#earlier a").first.click()
    expect(phone.page.locator("#today-lead")).to_contain_text("changing this entry")
    phone.page.locator("#note").fill("heron29lantern, half written")
    phone.until(lambda: bool(rows(phone, database_of(phone))["drafts"]), "the draft")

    phone.page.reload()
    phone.go("/#/account")
    expect(phone.page.get_by_text(patient.email)).to_be_visible()
    expect(phone.page.get_by_label("Name")).to_have_value("Wendeline Quist")

    lying = rows(phone, database_of(phone))
    phone.close()

    assert {store: len(found) for store, found in lying.items()} == {
        "records": 29,
        "outbox": 12,
        "drafts": 1,
        "notes": 3,
        "boxed": 0,
    }
    outside = {store: {key for row in found for key in row} for store, found in lying.items()}
    assert outside["records"] == {"id", "kind", "at", "sealed"}
    assert outside["outbox"] == {"id", "record_id", "is_refused", "sealed"}
    assert outside["drafts"] == outside["notes"] == {"id", "sealed"}
    assert found_in(tmp_path / "phone", [*markers, "Wendeline"]) == {}
    lies_in = found_in(tmp_path / "phone", [patient.email]).get(patient.email, [])
    assert [path for path in lies_in if not path.startswith(THEIRS)] == []
    assert found_in(tmp_path / "phone", ["check_in"])  # what lies outside is found


def test_a_page_that_still_reads_what_is_being_removed_says_nothing_of_it(phone: Phone) -> None:
    phone.write("it goes")
    phone.save()
    phone.expect_state("Saved on this device")

    phone.page.evaluate("""async () => {
        const at = document.querySelector('script').src
        const load = (name) => import(new URL(name, at).href)
        const modules = ['./base/database.js', './records/store.js']
        const [{ databaseOf, forget }, { all }] = await Promise.all(modules.map(load))
        const db = await databaseOf(null)
        const isGone = forget(null)
        void all(db, 'check_in')  // as a page does that heard the news; nobody waits for it
        await isGone
    }""")
    phone.page.reload()

    expect(phone.page.locator("#earlier li")).to_have_count(0)  # and the phone saw no error


def save(phone: Phone, note: str) -> None:
    """One check-in with a note, on disk."""
    phone.page.locator("#note").fill(note)
    phone.save()
    expect(phone.page.locator("#note")).to_have_value("")


def database_of(phone: Phone) -> str:
    """The name of the database of whoever is here."""
    name: str = in_app(phone, "(db) => db.name")
    return name


def test_two_pages_that_write_one_record_at_once_lose_nothing(phone: Phone) -> None:
    phone.write("as it was")
    phone.save()
    expect(phone.page.locator("#earlier li")).to_have_count(1)
    other = phone.context.new_page()
    other.goto(phone.url + "/")
    expect(other.locator("#earlier li")).to_have_count(1)
    # Both begin on the same word, and write as fast as they can.
    script = """async (db, { all, keep }, field) => {
        const [{ id, record }] = await all(db, 'check_in')
        const channel = new BroadcastChannel('test')
        const begun = new Promise((done) => (channel.onmessage = done))
        window.listens = true
        if (field === 'mood') channel.postMessage('now')
        else await begun
        for (let value = 1; value <= 10; value++) {
            await keep(db, 'check_in', id, { ...record.values, [field]: value }, new Date().toISOString(), [], record)
        }
    }"""
    phone.page.evaluate("window.done = false")
    for page, field in ((other, "anxiety"), (phone.page, "mood")):
        page.evaluate(f"""() => {{
            const at = document.querySelector('script').src
            const load = (name) => import(new URL(name, at).href)
            window.done = Promise.all([load('./accounts/account.js'), load('./records/store.js')])
                .then(async ([account, store]) => ({script})(await account.journal(), store, '{field}'))
        }}""")
        phone.until(partial(page.evaluate, "window.listens === true"), "the page to be at the start")

    for page in (other, phone.page):
        page.evaluate("window.done")
    (values,) = in_app(phone, "(db, { all }) => all(db, 'check_in').then((all) => all.map((row) => row.record.values))")
    lying = rows(phone, "interlude-guest")

    assert (values["mood"], values["anxiety"], values["note"]) == (10, 10, "as it was")
    assert len(lying["outbox"]) == 1
