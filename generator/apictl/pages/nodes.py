"""Safe nodes: the only values a template may print; text of a contract becomes one of them or raises."""

from __future__ import annotations

import ast
import functools
import json
import keyword
import math
import re

import jinja2

from apictl.pages.prose import doc_lines, doc_text, is_deceptive, is_plain


class UnsafeText(Exception):
    """Text that is no node reached a template, or a node was made of text it can't hold: a bug of apictl."""


class Node:
    """Finished text of a generated file."""

    __slots__ = ("text",)

    def __init__(self, text: str) -> None:
        """Hold *text*, which the subclass has made safe."""
        self.text = text

    def __str__(self) -> str:
        """Return the text as it stands in the file."""
        return self.text

    def __repr__(self) -> str:
        """Return the class and the text."""
        return f"{type(self).__name__}({self.text!r})"

    def __eq__(self, other: object) -> bool:
        """Whether *other* is the same kind of node with the same text."""
        return type(other) is type(self) and other.text == self.text

    def __hash__(self) -> int:
        """Hash kind and text."""
        return hash((type(self), self.text))


class Identifier(Node):
    """A Python identifier that is no keyword."""

    __slots__ = ()

    def __init__(self, name: str) -> None:
        """Hold *name*.

        Raises:
            UnsafeText: *name* is no identifier in ASCII.
        """
        if not (name.isascii() and name.isidentifier()) or keyword.iskeyword(name):
            message = f"{name!r} is no identifier"
            raise UnsafeText(message)
        super().__init__(name)


class DottedName(Node):
    """Identifiers joined by dots: a module or an attribute of one."""

    __slots__ = ()

    def __init__(self, name: str) -> None:
        """Hold *name*.

        Raises:
            UnsafeText: a part of *name* is no identifier.
        """
        super().__init__(".".join(str(Identifier(part)) for part in name.split(".")))

    @property
    def root(self) -> DottedName:
        """The package that everything of this name is in."""
        return DottedName(str(self).partition(".")[0])


class Literal(Node):
    """A Python literal of a JSON value or a tuple of strings."""

    __slots__ = ()

    def __init__(self, value: object) -> None:
        """Hold the ASCII spelling of *value*, which Python reads back as the same value."""
        super().__init__(_spelling(value))


def _spelling(value: object) -> str:
    match value:
        case str():
            return _string(value)
        case list():
            return "[" + ", ".join(map(_spelling, value)) + "]"
        case tuple():
            return "(" + "".join(_spelling(item) + ", " for item in value).rstrip() + ")"
        case dict():
            return "{" + ", ".join(f"{_spelling(key)}: {_spelling(item)}" for key, item in value.items()) + "}"
        case float() if not math.isfinite(value):
            message = f"{value!r} is no JSON value"
            raise UnsafeText(message)
        case None | bool() | int() | float():
            return repr(value)
        case _:
            message = f"{type(value).__name__} is no JSON value"
            raise UnsafeText(message)


def _string(text: str) -> str:
    """Return *text* as a literal in double quotes, readable where it can be."""
    if is_plain(text) or all(character.isprintable() and not is_deceptive(character) for character in text):
        return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
    return json.dumps(text).replace("\x7f", "\\x7f") if text.isascii() else ascii(text)


class Expression(Node):
    """A Python expression of names, attributes, subscripts, unions, calls and constants, checked when it is made."""

    __slots__ = ()

    def __init__(self, text: str) -> None:
        """Hold *text*.

        Raises:
            UnsafeText: *text* is anything but an expression of those kinds.
        """
        _check_expression(text)
        super().__init__(text)


@functools.lru_cache(maxsize=20_000)
def _check_expression(text: str) -> None:
    try:
        tree = ast.parse(text, mode="eval")
    except (SyntaxError, ValueError) as error:
        message = f"{text!r} is no expression"
        raise UnsafeText(message) from error
    for node in ast.walk(tree):
        if not isinstance(node, _EXPRESSION_NODES):
            message = f"{type(node).__name__} may not stand in an expression"
            raise UnsafeText(message)


_EXPRESSION_NODES = (
    ast.Expression,
    ast.Name,
    ast.Load,
    ast.Attribute,
    ast.Subscript,
    ast.Tuple,
    ast.List,
    ast.Dict,
    ast.Constant,
    ast.BinOp,
    ast.BitOr,
    ast.Call,
    ast.keyword,
    ast.UnaryOp,
    ast.USub,
)


class Module(Node):
    """The text of a whole Python module made by a library; it parses."""

    __slots__ = ()

    def __init__(self, text: str) -> None:
        """Hold *text*.

        Raises:
            UnsafeText: *text* does not parse.
        """
        try:
            ast.parse(text)
        except (SyntaxError, ValueError) as error:
            message = "the module does not parse"
            raise UnsafeText(message) from error
        super().__init__(text)


class DocText(Node):
    """Text inside a docstring in triple double quotes, each line indented by *indent* spaces but the first."""

    __slots__ = ()

    def __init__(self, text: str, indent: int = 4) -> None:
        """Hold *text* wrapped to 120 columns and escaped so that the docstring neither ends nor escapes."""
        super().__init__(doc_lines(text, indent))


class CommentText(Node):
    """One line of printable text after a `#`."""

    __slots__ = ()

    def __init__(self, text: str) -> None:
        """Hold *text* with everything that could end the line or deceive its reader replaced by "?"."""
        safe = (c if c.isprintable() and not is_deceptive(c) else "?" for c in text)
        super().__init__(text if is_plain(text) else "".join(safe))


class TomlString(Node):
    """A TOML basic string with its quotes (TOML 1.0, String)."""

    __slots__ = ()

    def __init__(self, text: str) -> None:
        """Hold *text* in quotes; JSON's escapes of control characters are TOML's, and DEL is escaped, too."""
        scalars = text.encode("utf-8", "replace").decode()
        super().__init__(json.dumps(scalars, ensure_ascii=False).replace("\x7f", "\\u007f"))


class MarkdownText(Node):
    """Text that CommonMark shows as it is."""

    __slots__ = ()

    def __init__(self, text: str) -> None:
        """Hold *text* in one line with every ASCII punctuation character escaped that could mean markup."""
        line = " ".join(doc_text(text).split())
        super().__init__(re.sub(r"([\\`*_{}\[\]<>#|!&~])", r"\\\1", line))


class MarkdownCode(Node):
    """Text in a code span of a table, where a pipe is escaped even in code (GitHub Flavored Markdown, 4.10)."""

    __slots__ = ()

    def __init__(self, text: str) -> None:
        """Hold *text* in one line between backticks of a length that it does not contain."""
        line = " ".join(doc_text(text).split()).replace("`", "'").replace("|", "\\|")
        super().__init__(f"`{line}`")


def finalize(value: object) -> object:
    """Return *value* for printing; called by the template engine for every printed expression.

    Raises:
        UnsafeText: *value* is no node.
    """
    if isinstance(value, Node):
        return value.text
    if isinstance(value, jinja2.Undefined):
        return str(value)  # a strict one raises, with its name
    message = f"a template printed {type(value).__name__}, not a safe node"
    raise UnsafeText(message)
