"""The command line: what it lists is there, helps, and stands in the README."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from server.__main__ import COMMANDS, main

ROOT = Path(__file__).resolve().parents[2]


def test_the_readme_lists_the_commands_that_there_are():
    readme = (ROOT / "README.md").read_text("utf-8")

    assert re.findall(r"^\| `python3 -m server (\w+)`", readme, re.MULTILINE) == list(COMMANDS)


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_explains_itself(name):
    command = [sys.executable, "-m", "server", name, "--help"]

    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60)

    assert done.returncode == 0, done.stderr
    assert name in done.stdout


def test_without_a_command_every_command_is_listed(capsys):
    assert main([]) == 2
    assert main(["--help"]) == 0

    said = capsys.readouterr().out
    assert all(f"  {name} " in said and does in said for name, does in COMMANDS.items())


def test_an_unknown_command_is_named(capsys):
    status = main(["dance"])

    assert status == 2
    assert "there is no command 'dance'" in capsys.readouterr().err
