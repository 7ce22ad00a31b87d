"""The browser libraries are the ones that were fetched, and nothing reaches outside static/vendor."""

import shutil
from pathlib import Path

import pytest

from server.cli import vendor


@pytest.fixture
def copy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "vendor"
    shutil.copytree(vendor.VENDOR_DIR, folder)
    monkeypatch.setattr(vendor, "VENDOR_DIR", folder)
    return folder


def test_every_vendored_file_is_as_locked() -> None:
    assert vendor.faults(vendor.VENDOR_DIR) == []


def test_check_answers_zero_on_an_untouched_copy(copy: Path) -> None:
    assert vendor.main(["--check"]) == 0


def test_a_changed_byte_is_found_and_the_file_named(copy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    changed = bytearray((copy / "preact.js").read_bytes())
    changed[100] ^= 1
    (copy / "preact.js").write_bytes(changed)

    answer = vendor.main(["--check"])

    assert answer == 1
    assert "preact.js has changed" in capsys.readouterr().err


def test_a_file_that_nobody_locked_is_found(copy: Path) -> None:
    (copy / "extra.js").write_text("export {}\n")

    assert vendor.faults(copy) == ["extra.js is not in vendor.lock"]


def test_a_missing_file_is_found(copy: Path) -> None:
    (copy / "idb.js").unlink()

    assert vendor.faults(copy) == ["idb.js is missing"]


def test_another_version_in_the_lock_is_found(copy: Path) -> None:
    lock = copy / vendor.LOCK_NAME
    lock.write_text(lock.read_text().replace('"version": "3.1.1"', '"version": "3.1.0"'))

    assert vendor.faults(copy) == ["vendor.lock lists other versions than server/cli/vendor.py"]


def test_bare_imports_become_neighbours_and_source_maps_go() -> None:
    source = 'import{h}from"preact";export{x}from\'preact/hooks\';\n//# sourceMappingURL=a.map\n'

    assert vendor.relative(source) == 'import{h}from"./preact.js";export{x}from\'./preact-hooks.js\';\n'


def test_an_import_that_nothing_stands_for_is_refused() -> None:
    with pytest.raises(LookupError, match="left-pad"):
        vendor.relative('import pad from "left-pad"')


def test_no_vendored_module_has_a_bare_import() -> None:
    modules = sorted(vendor.VENDOR_DIR.glob("*.js"))

    left = {module.name: vendor.IMPORT.findall(module.read_text()) for module in modules}

    assert len(modules) == 6
    assert all(found == [] for found in left.values()), left
