"""Pages of differences in what schemas say to people and generators."""

from __future__ import annotations

from collections.abc import Iterator

from apictl.diff.law import Effect
from apictl.rules.pages.page import Example, Page, consequence, saying


def saying_pages() -> Iterator[Page]:
    """Yield the pages about annotations."""
    yield from _documentation()
    yield from _roles()
    yield from _contents()


def _documentation() -> Iterator[Page]:
    for name, before, after in (
        ("title", "Fare", "Price"),
        ("description", "What is to be paid.", "What is to be paid, tips included."),
        ("example", "12.50", "9.90"),
    ):
        yield saying(
            f"{name}-changed",
            f"The {name} of a value is another one.",
            "Read it: people may have relied on what it said.",
            f"type: string\n{name}: '{before}'",
            f"type: string\n{name}: '{after}'",
        )
    yield Page(
        "default-changed",
        "What is meant when nothing is sent is something else.",
        "Nothing is refused; but whoever leaves the value out gets something else than before. So it is a warning in "
        "requests, unless there was no default. Keep the old one, and let who wants the new one say so.\n\n"
        + consequence(Effect.NEUTRAL),
        Effect.NEUTRAL,
        Example("type: integer\ndefault: 20", "type: integer\ndefault: 100", hurts=False),
    )


def _roles() -> Iterator[Page]:
    for name, keyword, where in (
        ("read-only", "readOnly", "requests"),
        ("write-only", "writeOnly", "answers"),
    ):
        story = f"`{keyword}` says that a member has no place in {where}; there its end or coming is judged."
        loose, tight = "type: string", f"type: string\n{keyword}: true"
        yield saying(f"{name}-added", f"A value is `{keyword}`.", story, loose, tight)
        yield saying(f"{name}-removed", f"A value is not `{keyword}` any more.", story, tight, loose)
    branch = "{{required: [kind], properties: {{kind: {{const: {0}}}}}}}"
    union = f"oneOf: [{branch.format('a')}, {branch.format('b')}]"
    yield saying(
        "discriminator-changed",
        "Another member tells alternatives apart, or by other values.",
        "Readers that choose by it must choose otherwise. Where the values that are allowed change, that is told, too.",
        union,
        f"{union}\ndiscriminator: {{propertyName: kind}}",
    )


def _contents() -> Iterator[Page]:
    for name, keyword, before, after in (
        ("content-encoding", "contentEncoding", "base64", "base32"),
        ("content-media-type", "contentMediaType", "application/json", "text/csv"),
    ):
        yield Page(
            f"{name}-changed",
            f"What a text holds is to be read otherwise: another `{keyword}`.",
            "No validator sees it, and the same text means something else. "
            f"{consequence(Effect.INCOMPARABLE)} A `{keyword}` that is new narrows, one that is gone widens.",
            Effect.INCOMPARABLE,
            Example(f"type: string\n{keyword}: {before}", f"type: string\n{keyword}: {after}"),
        )
    text = "type: string\ncontentMediaType: application/json\ncontentSchema: {{type: {0}}}"
    yield Page(
        "content-schema-changed",
        "What a text holds must keep to another schema.",
        "No validator looks into the text, but whoever reads it does. Less that it may hold narrows, more widens.\n\n"
        + consequence(Effect.INCOMPARABLE),
        Effect.INCOMPARABLE,
        Example(text.format("integer"), text.format("string")),
    )
