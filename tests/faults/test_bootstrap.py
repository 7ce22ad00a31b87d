"""The bootstrap for real, each time in a checkout of its own: one wheel made here, no network, the pip that is here."""

import hashlib
import os
import signal
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PYTHON = getattr(sys, "_base_executable", sys.executable)
COMMAND = """\
import sys
from server import bootstrap
bootstrap.ensure("server", "runtime")
import pebble
print("runs", pebble.VERSION, sys.argv[1:], sys.prefix)
"""
NO_ENSUREPIP = """\
import sys
from importlib.machinery import ModuleSpec
class Emptied:
    def find_spec(self, name, path=None, target=None):
        return ModuleSpec(name, None) if name == "ensurepip" else None
sys.meta_path.insert(0, Emptied())
"""


def wheel(folder: Path, version: str) -> str:
    """Makes a wheel of one module that tells its version; answers the wheel's hash."""
    path = folder / f"pebble-{version}-py3-none-any.whl"
    about = f"pebble-{version}.dist-info"
    with zipfile.ZipFile(path, "w") as made:
        made.writestr("pebble.py", f'VERSION = "{version}"\n')
        made.writestr(f"{about}/METADATA", f"Metadata-Version: 2.1\nName: pebble\nVersion: {version}\n")
        made.writestr(f"{about}/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
        made.writestr(f"{about}/RECORD", "")
    return hashlib.sha256(path.read_bytes()).hexdigest()


class Checkout:
    """A folder with the bootstrap, a command and a lock of one row."""

    def __init__(self, root: Path) -> None:
        self.root = root
        (root / "server").mkdir()
        for name in ("__init__.py", "bootstrap.py", "installed.py"):
            (root / "server" / name).write_bytes((ROOT / "server" / name).read_bytes())
        (root / "server" / "__main__.py").write_text(COMMAND)
        self.wheels = root / "wheels"
        self.wheels.mkdir()
        self.lock("1.0")

    def lock(self, version: str, digest: str | None = None) -> None:
        """Asks for `version` from now on, held to `digest` or else to its true hash."""
        held = digest or wheel(self.wheels, version)
        (self.root / "requirements.lock").write_text(f"# == runtime ==\npebble=={version} --hash=sha256:{held}\n")
        (self.root / "pyproject.toml").write_text(f'[project]\ndependencies = ["pebble=={version}"]\n')

    def start(self, *arguments: str, **settings: str) -> "subprocess.Popen[str]":
        """Begins `python3 -m server …` as a person would, with a Python that has nothing installed."""
        own = {name: value for name, value in os.environ.items() if not name.startswith(("PIP_", "PYTHON", "VIRTUAL"))}
        pip = {"PIP_NO_INDEX": "1", "PIP_FIND_LINKS": str(self.wheels), "PIP_CONFIG_FILE": os.devnull}
        return subprocess.Popen(
            [PYTHON, "-m", "server", *arguments], cwd=self.root, env={**own, **pip, **settings},
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True,
        )  # fmt: skip

    def run(self, *arguments: str, **settings: str) -> tuple[int, str, str]:
        """Exit code, output and complaints of one start, waited for."""
        process = self.start(*arguments, **settings)
        said, complained = process.communicate(timeout=120)
        return process.returncode, said, complained


@pytest.fixture
def checkout(tmp_path):
    return Checkout(tmp_path)


def test_a_fresh_checkout_is_made_ready_once_and_again_when_the_lock_changes(checkout):
    first = checkout.run("demo", "--port", "1")
    second = checkout.run("demo")
    checkout.lock("2.0")
    third = checkout.run()

    assert first[:2] == (0, f"runs 1.0 ['demo', '--port', '1'] {checkout.root / '.venv'}\n")
    assert "making .venv" in first[2]
    assert second == (0, f"runs 1.0 ['demo'] {checkout.root / '.venv'}\n", "")
    assert third[1].startswith("runs 2.0")
    assert "out of date" in third[2]


def test_two_starts_at_once_make_one_environment(checkout):
    both = [checkout.start("one"), checkout.start("two")]

    answers = [process.communicate(timeout=120) for process in both]

    assert [process.returncode for process in both] == [0, 0]
    assert sorted(said.split()[2] for said, _ in answers) == ["['one']", "['two']"]
    assert sum("making .venv, once" in complained for _, complained in answers) == 1
    assert sum("waiting for it" in complained for _, complained in answers) == 1


def test_an_environment_half_made_when_the_power_went_is_made_anew(checkout):
    process = checkout.start()
    while not (checkout.root / ".venv" / "lib").exists():
        assert process.poll() is None
        time.sleep(0.01)
    os.killpg(process.pid, signal.SIGKILL)
    process.communicate()

    status, said, complained = checkout.run()

    assert status == 0
    assert said.startswith("runs 1.0")
    assert "half made" in complained


def test_a_package_that_is_not_what_was_locked_is_refused(checkout):
    checkout.lock("1.0", digest="0" * 64)

    status, said, complained = checkout.run()

    assert (status, said) == (1, "")
    assert complained.splitlines()[-1] == (
        "interlude: a package does not match its hash in requirements.lock, and was not installed."
    )
    assert not (checkout.root / ".venv" / "interlude.stamp").exists()


def test_an_index_out_of_reach_is_told_in_a_line(checkout):
    (checkout.wheels / "pebble-1.0-py3-none-any.whl").unlink()

    status, _, complained = checkout.run(
        PIP_NO_INDEX="0", PIP_INDEX_URL="http://127.0.0.1:9/simple", PIP_RETRIES="1", PIP_FIND_LINKS=""
    )

    assert status == 1
    assert complained.splitlines()[-1].startswith("interlude: the package index can't be reached.")


def test_a_python_without_ensurepip_is_told_the_line_that_installs_it(checkout, tmp_path_factory):
    folder = tmp_path_factory.mktemp("path")
    (folder / "sitecustomize.py").write_text(NO_ENSUREPIP)

    status, _, complained = checkout.run(PYTHONPATH=str(folder))

    assert status == 1
    assert "apt-get install -y python3-venv" in complained
    assert not (checkout.root / ".venv").exists()
