"""The kinds of defects that people put into contracts, by name."""

from __future__ import annotations

import random
from collections.abc import Mapping
from typing import Final

from tests.mutants.defects import (
    Defect,
    Mutant,
    another_value,
    in_schema,
    misspelled,
    names_in,
    of_operations,
    parameters,
    picked,
    quoted,
    referring,
    renamed_key,
    replaced,
    schemas,
    without,
)
from tests.mutants.places import Entry, Text


def _field_misspelled(text: Text, chance: random.Random) -> Mutant | None:
    fields = [
        *(each for name in ("responses", "operationId", "parameters") for each in of_operations(text, name)),
        *(each for name in ("description", "content") for each in of_operations(text, "responses", "*", name)),
        *parameters(text, "schema"),
        *(each for name in ("title", "version") for each in text.under("info", name)),
        *(
            each
            for name in ("address", "messages", "publish", "subscribe")
            for each in text.under("channels", "*", name)
        ),
        *(each for name in ("action", "channel") for each in text.under("operations", "*", name)),
    ]
    entry = picked(fields, chance)
    return renamed_key(text, entry, misspelled(str(entry.path[-1]), chance)) if entry else None


def _type_wrong(text: Text, chance: random.Random) -> Mutant | None:
    fields: list[tuple[Entry, str]] = [
        *((each, "[a]") for each in of_operations(text, "operationId")),
        *((each, "7") for each in of_operations(text, "responses", "*", "description")),
        *((each, "maybe") for each in parameters(text, "required")),
        *((each, "two") for name in ("minLength", "maxItems", "minimum") for each in in_schema(text, name)),
        *((each, "[a]") for each in text.under("info", "title")),
        *((each, "7") for each in text.under("channels", "*", "address")),
        *((each, "[]") for each in in_schema(text, "properties")),
    ]
    if not fields:
        return None
    entry, new = chance.choice(fields)
    return another_value(text, entry, new if not text.is_json or new[0] in "[7" else f'"{new}"')


def _field_missing(text: Text, chance: random.Random) -> Mutant | None:
    fields = [
        *of_operations(text, "responses", "*", "description"),
        *parameters(text, "name"),
        *parameters(text, "in"),
        *(each for name in ("title", "version") for each in text.under("info", name)),
        *(each for name in ("action", "channel") for each in text.under("operations", "*", name)),
    ]
    return without(text, picked(fields, chance))


def _reference_dangling(text: Text, chance: random.Random) -> Mutant | None:
    entry = picked(referring(text), chance)
    return another_value(text, entry, quoted(text, f"{entry.scalar}x")) if entry else None


def _reference_of_other_kind(text: Text, chance: random.Random) -> Mutant | None:
    others = text.under("components", "responses", "*") or text.under("components", "messages", "*")
    entry = picked([each for each in referring(text) if "/schemas/" in (each.scalar or "")], chance)
    if entry is None or not others:
        return None
    target = chance.choice(others)
    return another_value(text, entry, quoted(text, f"#/components/{target.path[1]}/{target.path[2]}"))


def _operation_id_duplicate(text: Text, chance: random.Random) -> Mutant | None:
    found = [*of_operations(text, "operationId"), *text.under("channels", "*", "*", "operationId")]
    if len(found) < 2:
        return None
    first, second = chance.sample(found, 2)
    return another_value(text, second, quoted(text, str(first.scalar)), first.begin)


def _key_duplicate(text: Text, chance: random.Random) -> Mutant | None:
    entry = picked([each for each in text.entries.values() if each.key and each.scalar is not None], chance)
    if entry is None or entry.key is None or "\n" in text.text[entry.begin : entry.end]:
        return None
    begin = entry.key[0]
    if entry.is_flow:
        return replaced(text, begin, begin, f"{text.text[begin : entry.end]}, ")
    column = begin - text.text.rfind("\n", 0, begin) - 1
    copied = f"{text.text[begin : entry.end]}\n{' ' * column}"
    return Mutant(text.text[:begin] + copied + text.text[begin:], frozenset({text.line(begin) + 1}))


def _path_parameter_renamed(text: Text, chance: random.Random) -> Mutant | None:
    entry = picked([each for each in text.under("paths", "*") if names_in(str(each.path[-1]))], chance)
    if entry is None:
        return None
    name = chance.choice(names_in(str(entry.path[-1])))
    found = [each for each in parameters(text, "name") if each.scalar == name]
    mutant = renamed_key(text, entry, str(entry.path[-1]).replace(f"{{{name}}}", f"{{{name}Q}}"))
    return mutant and Mutant(mutant.text, mutant.lines | {text.line(each.begin) for each in found})


def _status_unknown(text: Text, chance: random.Random) -> Mutant | None:
    entry = picked(of_operations(text, "responses", "*"), chance)
    return renamed_key(text, entry, chance.choice(["2000", "ok", "20", "0"])) if entry else None


def _default_wrong(text: Text, chance: random.Random) -> Mutant | None:
    found = [*in_schema(text, "default", "integer"), *in_schema(text, "default", "boolean")]
    plain = [each for each in found if text.text[each.begin] not in "'\""]  # such a default would be wrong as it is
    return another_value(text, picked(plain, chance), quoted(text, "many"))


def _security_scheme_undefined(text: Text, chance: random.Random) -> Mutant | None:
    found = [*of_operations(text, "security", "*", "*"), *text.under("security", "*", "*")]
    entry = picked(found, chance)
    return renamed_key(text, entry, f"{entry.path[-1]}x") if entry else None


def _required_no_list(text: Text, chance: random.Random) -> Mutant | None:
    return another_value(text, picked(in_schema(text, "required"), chance), quoted(text, "id"))


def _enum_no_list(text: Text, chance: random.Random) -> Mutant | None:
    return another_value(text, picked(in_schema(text, "enum"), chance), quoted(text, "one"))


def _tab_as_indent(text: Text, chance: random.Random) -> Mutant | None:
    found = [each for each in text.entries.values() if each.key and not each.is_flow and len(each.path) > 1]
    entry = picked(found, chance)
    if text.is_json or entry is None or entry.key is None:
        return None
    begin = text.text.rfind("\n", 0, entry.key[0]) + 1
    if text.text[begin : entry.key[0]].strip():
        return None
    return replaced(text, begin, entry.key[0], "\t")


def _bracket_unclosed(text: Text, chance: random.Random) -> Mutant | None:
    closed = [each for each in text.entries.values() if text.text[each.end - 1] in "]}" and each.scalar is None]
    entry = picked([each for each in closed if not each.is_block], chance)
    return replaced(text, entry.end - 1, entry.end, "", entry.begin) if entry else None


def _quote_unclosed(text: Text, chance: random.Random) -> Mutant | None:
    ends = [each for each in text.entries.values() if each.scalar and text.text[each.end - 1] in "'\""]
    entry = picked([each for each in ends if text.text[each.begin] == text.text[each.end - 1]], chance)
    return replaced(text, entry.end - 1, entry.end, "", entry.begin) if entry else None


def _cut(text: Text, chance: random.Random) -> Mutant | None:
    entry = picked([each for each in text.entries.values() if each.is_flow or text.text[each.begin] in "'\""], chance)
    if entry is None or entry.end - entry.begin < 2:
        return None
    at = chance.randrange(entry.begin + 1, entry.end)
    outer = [each.begin for each in text.entries.values() if each.begin <= entry.begin and at <= each.end]
    return replaced(text, at, len(text.text), "", entry.begin, *outer[-3:])


def _comma_missing(text: Text, chance: random.Random) -> Mutant | None:
    entry = picked([each for each in text.entries.values() if text.text[each.end : each.end + 1] == ","], chance)
    if entry is None or not text.is_json:
        return None
    rest = text.text[entry.end + 1 :]
    return replaced(text, entry.end, entry.end + 1, "", entry.end + 1 + len(rest) - len(rest.lstrip()))


def _version_unquoted(text: Text, chance: random.Random) -> Mutant | None:
    return another_value(text, picked(text.under("info", "version"), chance), "1.0")


def _location_unknown(text: Text, chance: random.Random) -> Mutant | None:
    return another_value(text, picked(parameters(text, "in"), chance), quoted(text, chance.choice(["qurey", "url"])))


def _pattern_broken(text: Text, chance: random.Random) -> Mutant | None:
    entry = picked(in_schema(text, "type", "string"), chance)
    if entry is None or entry.key is None or "pattern" in text.entries[entry.path[:-1]].members:
        return None
    begin = entry.key[0]
    written = f"{quoted(text, 'pattern') if text.is_json else 'pattern'}: {quoted(text, '[a-z')}"
    if entry.is_flow:
        return replaced(text, begin, begin, f"{written}, ")
    column = begin - text.text.rfind("\n", 0, begin) - 1
    return replaced(text, begin, begin, f"{written}\n{' ' * column}")


def _discriminator_without_property(text: Text, chance: random.Random) -> Mutant | None:
    found = [each for path, each in text.entries.items() if path[-2:] == ("discriminator", "propertyName")]
    entry = picked([each for each in found if each.path[:2] == ("components", "schemas")], chance)
    mutant = renamed_key(text, entry, "property") if entry else None
    holder = text.entries[entry.path[:-1]] if entry else None
    if mutant is None or holder is None or holder.key is None:
        return None
    return Mutant(mutant.text, mutant.lines | {text.line(holder.key[0]), text.line(holder.begin)})


def _type_misspelled(text: Text, chance: random.Random) -> Mutant | None:
    entry = picked(schemas(text), chance)
    kind = text.entries[*entry.path, "type"] if entry else None
    return another_value(text, kind, quoted(text, misspelled(str(kind.scalar), chance))) if kind else None


def _message_foreign(text: Text, chance: random.Random) -> Mutant | None:
    found = text.under("operations", "*", "messages", "*", "$ref")
    messages = text.under("channels", "*", "messages", "*")
    entry = picked(found, chance)
    if entry is None:
        return None
    channel = text.entries.get((*entry.path[:2], "channel", "$ref"))
    own = (channel.scalar or "").rpartition("/")[2] if channel else ""
    other = picked([each for each in messages if each.path[1] != own], chance)
    if other is None:
        return None
    pointer = "/".join(str(step).replace("~", "~0").replace("/", "~1") for step in other.path)
    return another_value(text, entry, quoted(text, f"#/{pointer}"))


def _channel_parameter_renamed(text: Text, chance: random.Random) -> Mutant | None:
    addresses = [each for each in text.under("channels", "*", "address") if names_in(each.scalar or "")]
    keys = [each for each in text.under("channels", "*") if names_in(str(each.path[1]))]
    entry = picked([*addresses, *keys], chance)
    if entry is None:
        return None
    written = str(entry.path[1]) if entry in keys else str(entry.scalar)
    name = chance.choice(names_in(written))
    new = written.replace(f"{{{name}}}", f"{{{name}Q}}")
    mutant = renamed_key(text, entry, new) if entry in keys else another_value(text, entry, quoted(text, new))
    declared = text.entries.get((*entry.path[:2], "parameters", name))
    if mutant is None or declared is None or declared.key is None:
        return mutant
    return Mutant(mutant.text, mutant.lines | {text.line(declared.key[0])})


def _action_unknown(text: Text, chance: random.Random) -> Mutant | None:
    return another_value(text, picked(text.under("operations", "*", "action"), chance), quoted(text, "sent"))


def _second_colon(text: Text, chance: random.Random) -> Mutant | None:
    found = [each for each in of_operations(text, "summary") if not each.is_flow]
    return another_value(text, picked(found, chance), "Note: this one is new") if not text.is_json else None


KINDS: Final[Mapping[str, Defect]] = {
    "action-unknown": _action_unknown,
    "bracket-unclosed": _bracket_unclosed,
    "channel-parameter-renamed": _channel_parameter_renamed,
    "comma-missing": _comma_missing,
    "cut": _cut,
    "default-wrong": _default_wrong,
    "discriminator-without-property": _discriminator_without_property,
    "enum-no-list": _enum_no_list,
    "field-missing": _field_missing,
    "field-misspelled": _field_misspelled,
    "key-duplicate": _key_duplicate,
    "location-unknown": _location_unknown,
    "message-foreign": _message_foreign,
    "operation-id-duplicate": _operation_id_duplicate,
    "path-parameter-renamed": _path_parameter_renamed,
    "pattern-broken": _pattern_broken,
    "quote-unclosed": _quote_unclosed,
    "reference-dangling": _reference_dangling,
    "reference-of-other-kind": _reference_of_other_kind,
    "required-no-list": _required_no_list,
    "second-colon": _second_colon,
    "security-scheme-undefined": _security_scheme_undefined,
    "status-unknown": _status_unknown,
    "tab-as-indent": _tab_as_indent,
    "type-misspelled": _type_misspelled,
    "type-wrong": _type_wrong,
    "version-unquoted": _version_unquoted,
}
