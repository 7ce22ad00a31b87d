"""Where the journeys look for a Chromium, and what they say where there is none."""

import pytest

from tests import chromium

ATTEMPTS = ("_installed", "_of_playwright", "_install_with_playwright", "_install_with_apt")


@pytest.fixture
def browser(tmp_path):
    """A program that tells its version, as a browser does."""
    path = tmp_path / "browser"
    path.write_text("#!/bin/sh\necho 1.0\n")
    path.chmod(0o700)
    return str(path)


def test_the_one_that_is_named_goes_first(monkeypatch, browser):
    monkeypatch.setenv("INTERLUDE_TEST_CHROMIUM", browser)

    assert chromium.chromium() == browser


def test_one_that_is_named_and_does_not_start_is_told(monkeypatch, tmp_path):
    monkeypatch.setenv("INTERLUDE_TEST_CHROMIUM", str(tmp_path / "absent"))

    with pytest.raises(chromium.NoChromium, match="does not start"):
        chromium.chromium()


@pytest.mark.parametrize("working", ATTEMPTS)
def test_each_way_is_tried_in_turn_until_one_works(monkeypatch, browser, working):
    tried = []
    monkeypatch.delenv("INTERLUDE_TEST_CHROMIUM", raising=False)
    for name in ATTEMPTS:
        found = browser if name == working else None
        monkeypatch.setattr(chromium, name, lambda name=name, found=found: (tried.append(name) or found, "no"))

    assert chromium.chromium() == browser
    assert tried == list(ATTEMPTS[: ATTEMPTS.index(working) + 1])


def test_where_nothing_works_every_attempt_is_told(monkeypatch):
    monkeypatch.delenv("INTERLUDE_TEST_CHROMIUM", raising=False)
    for name in ATTEMPTS:
        monkeypatch.setattr(chromium, name, lambda name=name: (None, f"{name} had none"))

    with pytest.raises(chromium.NoChromium) as fault:
        chromium.chromium()

    assert all(f"{name} had none" in str(fault.value) for name in ATTEMPTS)
    assert "apt-get install -y chromium" in str(fault.value)
