"""Files as values of models."""

from __future__ import annotations

import pytest
from pydantic import TypeAdapter
from pydantic_core import PydanticSerializationError

from apictl.support.files import File

FILES = TypeAdapter(File)


@pytest.mark.parametrize("given", [File(b"abc"), b"abc", "abc"])
def test_file_is_made_of_a_file_bytes_or_text(given: object) -> None:
    assert FILES.validate_python(given) == File(b"abc")


def test_file_is_text_in_json() -> None:
    assert FILES.dump_json(FILES.validate_json('"abc"')) == b'"abc"'


def test_file_stays_a_file_in_python() -> None:
    file = File(b"\xff", "a.bin", "image/png")

    assert FILES.dump_python(file) is file


def test_bytes_that_are_no_text_are_not_written_as_json() -> None:
    with pytest.raises(PydanticSerializationError):
        FILES.dump_json(File(b"\xff"))
