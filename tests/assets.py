"""What the product compresses once for its browsers, kept for a whole run: to make it costs more than most tests."""

import atexit
import os
import shutil
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

ASSETS = "INTERLUDE_TEST_ASSETS"
"""Names the folder that all processes of a run share. A server takes from it only what opens to the file it reads."""


@cache
def compressed_assets() -> Path:
    """The folder of the run, else one of this process alone."""
    if named := os.environ.get(ASSETS):
        return Path(named)
    folder = mkdtemp(prefix="interlude-assets-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return Path(folder)


def lend_assets(data: Path) -> Path:
    """A data folder in which only these lie yet; makes it where it is missing."""
    data.mkdir(parents=True, exist_ok=True)
    (data / "cache").symlink_to(compressed_assets())
    return data
