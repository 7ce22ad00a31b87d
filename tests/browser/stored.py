"""What lies on a phone: its databases as they are, every file of the profile, and what the app itself reads of it."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from tests.browser.phone import Phone

_STORES = ("records", "outbox", "drafts", "notes", "boxed")


def rows(phone: Phone, database: str) -> dict[str, list[dict[str, Any]]]:
    """Every row of a database as it lies there, by store; what is sealed in it is `True`."""
    script = """async ([name, stores]) => {
        const db = await new Promise((done, fail) => {
            const asked = indexedDB.open(name)
            asked.onsuccess = () => done(asked.result)
            asked.onerror = () => fail(asked.error)
        })
        const found = {}
        const names = stores.filter((store) => db.objectStoreNames.contains(store))
        const tx = db.transaction(names)
        for (const store of names) {
            const asked = tx.objectStore(store).getAll()
            asked.onsuccess = () => {
                found[store] = asked.result.map((row) => (row.sealed ? { ...row, sealed: true } : row))
            }
        }
        await new Promise((done) => (tx.oncomplete = done))
        db.close()
        return found
    }"""
    found: dict[str, list[dict[str, Any]]] = phone.page.evaluate(script, [database, _STORES])
    return found


def in_app(phone: Phone, script: str, argument: Any = None) -> Any:
    """What a function of the page's journal and its record store answers."""
    source = f"""async (given) => {{
        const at = document.querySelector('script').src
        const [account, store] = await Promise.all(
            ['./accounts/account.js', './records/store.js'].map((name) => import(new URL(name, at).href)))
        return ({script})(await account.journal(), store, given)
    }}"""
    return phone.page.evaluate(source, argument)


def found_in(profile: Path, texts: Iterable[str]) -> dict[str, list[str]]:
    """Which of `texts` stand in a file of the profile, in one byte a letter or in two."""
    wanted = {text: (text.encode(), text.encode("utf-16-le")) for text in texts}
    found: dict[str, list[str]] = {}
    for path in profile.rglob("*"):
        if path.is_file() and not path.is_symlink():
            held = path.read_bytes()
            for text, forms in wanted.items():
                if any(form in held for form in forms):
                    found.setdefault(text, []).append(path.relative_to(profile).as_posix())
    return found
