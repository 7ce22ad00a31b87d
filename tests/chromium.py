"""Finds the Chromium that the journeys run in, or installs one."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_START_S = 60


class NoChromium(Exception):
    """No Chromium was found and none could be installed; the text says what to do."""


def chromium() -> str:
    """The path of a Chromium that starts: the one named, one installed, Playwright's own, one from apt. In that order.

    Raises NoChromium with what was tried.
    """
    if named := os.environ.get("INTERLUDE_TEST_CHROMIUM"):
        if not starts(named):
            raise NoChromium(f"INTERLUDE_TEST_CHROMIUM names {named}, which does not start.")
        return named
    tried: list[str] = []
    for attempt in (_installed, _of_playwright, _install_with_playwright, _install_with_apt):
        path, said = attempt()
        if path and starts(path):
            return path
        tried.append(said)
    raise NoChromium(
        "the journeys need a Chromium, and there is none:\n"
        + "".join(f"  - {line}\n" for line in tried)
        + "Install one (`sudo apt-get install -y chromium`), or name one in INTERLUDE_TEST_CHROMIUM."
    )


def starts(path: str) -> bool:
    """Whether the program at `path` is there and tells its version."""
    try:
        return subprocess.run([path, "--version"], capture_output=True, timeout=_START_S, check=False).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return False


def _installed() -> tuple[str | None, str]:
    found = [path for name in NAMES if (path := shutil.which(name)) and starts(path)]
    return (found[0] if found else None), f"not installed as {', '.join(NAMES)}"


def _of_playwright() -> tuple[str | None, str]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return (path if Path(path).exists() else None), "Playwright has none of its own yet"


def _install_with_playwright() -> tuple[str | None, str]:
    print("no Chromium here: asking Playwright for its own", flush=True)
    _, fault = _run(sys.executable, "-m", "playwright", "install", "chromium")
    path, _ = _of_playwright()
    return path, f"`playwright install chromium`: {fault}"


def _install_with_apt() -> tuple[str | None, str]:
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        return None, "apt-get install chromium: needs root and a system with apt"
    print("installing Debian's chromium with apt-get", flush=True)
    os.environ["DEBIAN_FRONTEND"] = "noninteractive"
    for command in (("apt-get", "update"), ("apt-get", "install", "-y", "chromium")):
        worked, fault = _run(*command)
        if not worked:
            return None, f"`{' '.join(command)}`: {fault}"
    return _installed()


def _run(*command: str) -> tuple[bool, str]:
    """Whether it worked, and the line that tells most: the first that speaks of an error, else the last."""
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)
    said = [line.strip() for line in done.stdout.splitlines() if line.strip()]
    telling = [line for line in said if "rror" in line or line.startswith("E:")] or said[-1:]
    return done.returncode == 0, telling[0] if telling else f"exit code {done.returncode}"
