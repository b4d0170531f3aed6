"""Changes as CommonMark for a merge request."""

from __future__ import annotations

import dataclasses
from typing import Any

from apictl.diff.changes import Use
from apictl.findings import Place, Severity, error
from apictl.report.diff.markdown import diff_markdown
from apictl.report.diff.verdict import Agreement, Comparison, Consumer, Outcome
from apictl.report.diff.view import View
from tests.report.diff.made import CHANGE, comparison, harmless, report, verdict


def shown(*comparisons: Comparison, **more: Any) -> list[str]:
    return "\n".join(diff_markdown(report(*comparisons, **more), View())).split("\n")


def test_breaking_change_tells_what_where_who_why_and_what_to_do() -> None:
    hit = verdict(consumers=(Consumer("trips", "team-b"), Consumer("payments")))

    lines = shown(comparison(hit))

    assert lines == [
        "## 1 breaking change",
        "",
        "| service | since | version | breaking | warnings | agreed to | other changes |",
        "| --- | --- | --- | ---: | ---: | ---: | ---: |",
        "| pricing | `main` | `1.2.3`, these changes ask for `2.0.0` | **1** | 0 | 0 | 0 |",
        "",
        "### pricing",
        "",
        "#### POST `/quotes`",
        "",
        "❌ **POST `/quotes` no longer accepts `gift` for `body.kind`**",
        "",
        "```diff",
        "- enum: [a, gift]",
        "+ enum: [a]",
        "```",
        "accepted before, refused now:",
        "```text",
        '{"kind": "gift", "seats": 1}',
        "         ^^^^^^",
        "```",
        "- `enum-value-removed` at `a.yaml:3:9`, was at `main:a.yaml:3:13`",
        "- **hits trips (`team-b`), payments**",
        "- what to do: keep it until nobody sends it",
        "- id: `01234567`",
        "",
        "",
        "<sub>to agree to a change: <code>apictl diff --accept ID --reason WHY --expires DATE</code></sub>",
    ]


def test_what_is_gone_has_no_line_of_now() -> None:
    gone = dataclasses.replace(CHANGE, old=Place("main:a.yaml", "/kind/type", 2, 3), new=Place("a.yaml", "/kind", 1, 1))

    lines = shown(comparison(verdict(gone)))

    assert lines[lines.index("```diff") + 1 :][:2] == ["- type: string", "```"]


def test_harmless_and_agreed_changes_are_folded_at_the_end() -> None:
    agreement = Agreement("team-a", "nobody sends it", "2027-01-31", Place("apictl-accepted.yaml", "", 4, 5))

    lines = shown(comparison(verdict(agreement=agreement, weight=Severity.INFO), harmless()))

    start = lines.index("<details>")
    assert lines[0] == "## No breaking change"
    assert lines[start + 1 : start + 3] == ["<summary>2 changes harmless or agreed to</summary>", ""]
    assert "agreed to by `team-a` until `2027-01-31`: nobody sends it" in lines[start + 3]
    assert lines[start + 4] == "- pricing: POST `/quotes` now accepts `body.note` `property-added`"
    assert lines[start + 5 :] == ["", "</details>"]


def test_documents_that_can_not_be_read_come_first() -> None:
    lines = shown(comparison(outcome=Outcome.NEW_REFUSED, findings=(error("yaml-syntax", Place("z.yaml"), "m"),)))

    assert lines[0] == "## Contracts that can't be read"
    assert "❌ `z.yaml` m `yaml-syntax`" in lines


def test_contracts_that_are_the_same_share_a_line() -> None:
    same = comparison(outcome=Outcome.EQUAL)

    lines = shown(same, comparison(verdict()), same)

    assert "2 other services: the same as before." in lines
    assert sum(line.startswith("| pricing |") for line in lines) == 1


def test_comment_keeps_to_its_room_and_counts_the_rest() -> None:
    uses = (Use("POST /" + "x" * 150, "o", ""),)
    many = [verdict(dataclasses.replace(CHANGE, message="é" * 300, uses=uses)) for _ in range(500)]

    lines = shown(comparison(*many, *(harmless(f"change {number}") for number in range(2000))))

    text = "\n".join(lines)
    assert 55_000 < len(text.encode()) <= 65_536
    told = sum(line.startswith("❌") for line in lines)
    assert f"… and {500 - told} more changes like these: see `apictl diff`." in lines
    folded = sum(line.startswith("- pricing: change") for line in lines)
    assert f"- … and {2000 - folded} more: see `apictl diff --verbose`." in lines
    assert folded > 100
