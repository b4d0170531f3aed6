"""What every test may ask for: the corpus of real documents and a reproducible hypothesis."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Iterator
from pathlib import Path

import hypothesis
import pytest

ROOT = Path(__file__).parents[1]

# The same examples on every run and machine; a search for new ones is started by hand with --hypothesis-profile=search.
hypothesis.settings.register_profile("steady", derandomize=True, deadline=None, database=None, print_blob=True)
hypothesis.settings.register_profile("search", deadline=None, max_examples=2000)
hypothesis.settings.load_profile("steady")

if signal.getsignal(signal.SIGINT) is signal.SIG_IGN and threading.current_thread() is threading.main_thread():
    # A shell starts what runs in its background deaf to Ctrl-C, and every process of a test would inherit that.
    signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(scope="session", autouse=True)
def caches(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Return the folder for caches of apictl, instead of that of the person who runs the tests."""
    folder = tmp_path_factory.mktemp("caches")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("APICTL_CACHE", str(folder))
        yield folder


@pytest.fixture(scope="session")
def root() -> Path:
    """Return the root of the project."""
    return ROOT


@pytest.fixture(scope="session")
def corpus() -> Path:
    """Return the folder of real documents; skip where there is none."""
    folder = (ROOT / os.environ.get("APICTL_CORPUS", "../shared/corpus")).resolve()
    if not (folder / "manifest.json").is_file():
        pytest.skip(f"no corpus of real documents at {folder}: APICTL_CORPUS names its folder")
    return folder
