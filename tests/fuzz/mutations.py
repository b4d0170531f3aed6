"""Documents made wrong: trees by their structure, texts by their bytes; each is a function of its random numbers."""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterator, Sequence
from typing import Any, Final, TypeAlias

import yaml

from tests.fuzz.hostile import BYTES, KEYS, VALUES

Step: TypeAlias = tuple[Any, Any]
"""A mapping or list, and a key or index in it."""

_MOST: Final = 6
_LARGEST: Final = 400_000


def mutant(tree: Any, text: str, others: Sequence[Any], chance: random.Random) -> bytes:
    """Return a document made of *tree*, whose text is *text*; subtrees of *others* may get into it."""
    if chance.random() < 0.1:
        return damaged(text.encode(), chance)
    try:
        changed = _copied(tree)
        for _ in range(min(_MOST, int(chance.paretovariate(1.2)))):
            changed = changed_once(changed, others, chance)
        raw = written(changed, chance)[:_LARGEST]
    except RecursionError:  # several deep values in one another; those that are deep by themselves have gone through
        return damaged(text.encode(), chance)
    return damaged(raw, chance) if chance.random() < 0.05 else raw


def written(tree: Any, chance: random.Random) -> bytes:
    """Return *tree* as JSON, or as YAML."""
    kind = chance.random()
    if kind < 0.6:
        return json.dumps(tree, ensure_ascii=kind < 0.5).encode("utf-8", "surrogatepass")
    try:
        flow = None if kind < 0.8 else kind > 0.95
        return yaml.dump(tree, Dumper=yaml.CSafeDumper, allow_unicode=True, default_flow_style=flow).encode()
    except (RecursionError, UnicodeEncodeError, yaml.YAMLError):
        return json.dumps(tree).encode()


def damaged(raw: bytes, chance: random.Random) -> bytes:
    """Return *raw* with bytes changed, taken out, doubled or put in."""
    for _ in range(chance.randint(1, _MOST)):
        begin = chance.randrange(len(raw) + 1)
        end = min(len(raw), begin + int(chance.paretovariate(0.7)))
        match chance.randrange(5):
            case 0:
                raw = raw[:begin] + raw[end:]
            case 1:
                raw = raw[:end] + raw[begin:end] + raw[end:]
            case 2:
                raw = raw[:begin] + chance.choice(BYTES) + raw[begin:]
            case 3:
                raw = raw[:begin] + bytes([chance.randrange(256)]) + raw[begin + 1 :]
            case _:
                raw = raw[:end] if chance.random() < 0.3 else raw[:begin] + raw[begin:end][::-1] + raw[end:]
    return raw


def _copied(value: Any) -> Any:
    return json.loads(json.dumps(value))


def changed_once(tree: Any, others: Sequence[Any], chance: random.Random) -> Any:
    """Return *tree*, changed in one place."""
    steps = list(_steps(tree))
    if not steps:
        return chance.choice(VALUES)
    chance.choice(_CHANGES)(chance.choice(steps), steps, others, chance)
    return tree


def _steps(tree: Any) -> Iterator[Step]:
    """Yield all places of *tree* that can be changed."""
    waiting = [tree]
    while waiting:
        node = waiting.pop()
        children: list[Step] = []
        if isinstance(node, dict):
            children = [(node, key) for key in node]
        elif isinstance(node, list):
            children = [(node, index) for index in range(len(node))]
        yield from children
        waiting.extend(holder[key] for holder, key in children)


def _remove(step: Step, _steps: list[Step], _others: Sequence[Any], _chance: random.Random) -> None:
    del step[0][step[1]]


def _replace(step: Step, _steps: list[Step], _others: Sequence[Any], chance: random.Random) -> None:
    step[0][step[1]] = _copied(chance.choice(VALUES))


def _copy_here(step: Step, steps: list[Step], _others: Sequence[Any], chance: random.Random) -> None:
    holder, key = chance.choice(steps)
    step[0][step[1]] = _copied(holder[key])


def _swap(step: Step, steps: list[Step], _others: Sequence[Any], chance: random.Random) -> None:
    holder, key = chance.choice(steps)
    mine, its = _copied(step[0][step[1]]), _copied(holder[key])
    step[0][step[1]] = its
    holder[key] = mine


def _splice(step: Step, _steps_here: list[Step], others: Sequence[Any], chance: random.Random) -> None:
    found = list(_steps(chance.choice(others)))
    if found:
        holder, key = chance.choice(found)
        value = _copied(holder[key])
        step[0][step[1]] = value
        if isinstance(key, str) and isinstance(step[0], dict) and chance.random() < 0.5:
            step[0][key] = value


def _add(step: Step, _steps: list[Step], _others: Sequence[Any], chance: random.Random) -> None:
    holder = step[0][step[1]]
    value = _copied(chance.choice(VALUES))
    if isinstance(holder, list):
        holder.insert(chance.randint(0, len(holder)), value)
    elif isinstance(holder, dict):
        holder[chance.choice(KEYS)] = value
    else:
        step[0][step[1]] = value


def _twin(step: Step, steps: list[Step], _others: Sequence[Any], chance: random.Random) -> None:
    """Put what stands under the same name elsewhere in its place, so that the structure stays right."""
    holder, key = chance.choice([(other, name) for other, name in steps if name == step[1]])
    step[0][step[1]] = _copied(holder[key])


def _same_type(step: Step, _steps: list[Step], _others: Sequence[Any], chance: random.Random) -> None:
    found = [value for value in VALUES if type(value) is type(step[0][step[1]])]
    if found:
        step[0][step[1]] = _copied(chance.choice(found))


def _rename(step: Step, steps: list[Step], _others: Sequence[Any], chance: random.Random) -> None:
    holder, key = step
    if isinstance(holder, dict):
        names = [other for _, other in steps if isinstance(other, str)]
        holder[chance.choice([*KEYS, chance.choice(names)]) if names else "x"] = holder.pop(key)


def _repeat(step: Step, _steps: list[Step], _others: Sequence[Any], chance: random.Random) -> None:
    holder, key = step
    if isinstance(holder, list):
        holder.extend(_copied(holder[key]) for _ in range(chance.randint(1, 3)))
    else:
        holder[f"{key}{chance.choice(['2', '-', '_', ' ', '/'])}"] = _copied(holder[key])


def _nest(step: Step, _steps: list[Step], _others: Sequence[Any], chance: random.Random) -> None:
    key = chance.choice(KEYS)
    value = step[0][step[1]]
    for _ in range(chance.choice([1, 1, 2, 30])):
        value = {key: value} if chance.random() < 0.6 else [value]
    step[0][step[1]] = value


_CHANGES: Final[tuple[Callable[[Step, list[Step], Sequence[Any], random.Random], None], ...]] = (
    _remove, _replace, _copy_here, _swap, _splice, _splice, _add, _add, _rename, _repeat, _nest,
    _twin, _twin, _twin, _twin, _same_type, _same_type, _same_type,
)  # fmt: skip
