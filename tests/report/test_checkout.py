"""Which files paths in a report mean."""

from __future__ import annotations

import pytest

from apictl.report.checkout import OUTSIDE, SOURCE, Checkout, File

CHECKOUT = Checkout("api", ("main", "v1:x"))


@pytest.mark.parametrize(
    "path,file",
    [
        ("specs/a.yaml", File(SOURCE, "api/specs/a.yaml")),
        ("../other/a.yaml", File(SOURCE, "other/a.yaml")),
        ("../../a.yaml", File(OUTSIDE, "a.yaml")),
        ("/etc/specs/a.yaml", File(OUTSIDE, "a.yaml")),
        ("main:specs/a.yaml", File("main", "api/specs/a.yaml")),
        ("v1:x:a.yaml", File("v1:x", "api/a.yaml")),
        ("next:a.yaml", File(SOURCE, "api/next:a.yaml")),
    ],
)
def test_path_is_told_from_the_root_of_the_repository(path: str, file: File) -> None:
    assert CHECKOUT.file(path) == file


def test_workspace_that_is_the_repository_adds_nothing() -> None:
    assert Checkout().file("./specs/a.yaml") == File(SOURCE, "specs/a.yaml")
