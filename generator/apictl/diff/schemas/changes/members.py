"""Members of objects: declared ones, required ones, and all the others."""

from __future__ import annotations

from apictl.contract.schema import JsonValue, as_schema
from apictl.diff.law import Effect
from apictl.diff.schemas.aspects import Aspect, Part, Root, Roots
from apictl.diff.schemas.changes.pair import Pair, Telling, effect, united
from apictl.diff.schemas.difference import Step
from apictl.diff.schemas.node import FALSE, Node
from apictl.diff.schemas.object_rules import regions
from apictl.diff.schemas.premises import Premises
from apictl.diff.schemas.universe import Age
from apictl.findings import Place


def tell_members(pair: Pair, telling: Telling) -> None:
    """Tell of members by name, in the old document's order and then the new one's."""
    old, new = _declared(pair.old), _declared(pair.new)
    required = pair.opener.premises(pair.old).required ^ pair.opener.premises(pair.new).required
    old_forbidden, new_forbidden = _forbidden(pair.old), _forbidden(pair.new)
    for name in dict.fromkeys([*old, *new, *old_forbidden, *new_forbidden, *sorted(required)]):
        if name not in old and name not in new and (name in old_forbidden) != (name in new_forbidden):
            _tell_forbidden(pair, telling, name, is_forbidden=name in new_forbidden)
        if (name in old) != (name in new):
            _tell_declared(pair, telling, name, is_added=name in new)
            continue
        if name in old and not _say_the_same(pair, name, old[name], new[name]):
            telling.follow((name,), _roots_of(name, old[name]), _roots_of(name, new[name]))
        if name in required:
            _tell_required(pair, telling, name)


def _declared(aspect: Aspect) -> dict[str, list[Part]]:
    """Return the parts that declare a member and don't merely forbid it, by the member's name."""
    found: dict[str, list[Part]] = {}
    for part in aspect.parts:
        for name in part.members("properties"):
            found.setdefault(name, []).append(part)
    return {name: parts for name, parts in found.items() if not any(_forbids(part, name) for part in parts)}


def _described(member: tuple[Node, ...]) -> dict[str, JsonValue]:
    """Return that the old contract says what a member is that it doesn't name: it is the member of a map."""
    return {"was_described": True} if member not in ((), (FALSE,)) else {}


def _forbidden(aspect: Aspect) -> dict[str, None]:
    """Return the members that some part merely forbids, in the document's order."""
    return {name: None for part in aspect.parts for name in part.members("properties") if _forbids(part, name)}


def _forbids(part: Part, name: str) -> bool:
    return part.members("properties")[name] is False


def _say_the_same(pair: Pair, name: str, old: list[Part], new: list[Part]) -> bool:
    """Whether nothing is to be told about a member: the most frequent case by far."""
    wording = pair.opener.context.universe.wording
    before = [wording(as_schema(part.members("properties")[name]), Age.OLD) for part in old]
    return before == [wording(as_schema(part.members("properties")[name]), Age.NEW) for part in new]


def _roots_of(name: str, parts: list[Part]) -> Roots:
    return tuple(part.root("properties", name) for part in parts)


def _tell_declared(pair: Pair, telling: Telling, name: str, *, is_added: bool) -> None:
    context = pair.opener.context
    old_premises, new_premises = pair.opener.premises(pair.old), pair.opener.premises(pair.new)
    old, new = context.member(old_premises, name), context.member(new_premises, name)
    told = united(pair.effect_within(old, new), _requiring(pair, name))
    is_required = name in (new_premises if is_added else old_premises).required
    is_open = context.member(old_premises if is_added else new_premises, name) != (FALSE,)
    places = (_member_place(pair.old, name), _member_place(pair.new, name))
    facts: dict[str, JsonValue] = {
        "name": name,
        "is_required": is_required,
        "was_open" if is_added else "is_open": is_open,
    }
    if is_added:
        facts |= _described(old)
    kind = "property-added" if is_added else "property-removed"
    telling.tell_below((name,), kind, told, places=places, facts=facts)


def _tell_forbidden(pair: Pair, telling: Telling, name: str, *, is_forbidden: bool) -> None:
    """Tell of a member that one side forbids by name and the other doesn't declare."""
    context = pair.opener.context
    old_premises, new_premises = pair.opener.premises(pair.old), pair.opener.premises(pair.new)
    told = pair.effect_within(context.member(old_premises, name), context.member(new_premises, name))
    if told is Effect.NEUTRAL:
        return
    facts: dict[str, JsonValue] = {
        "name": name,
        "is_required": name in (old_premises if is_forbidden else new_premises).required,
    }
    places = (_member_place(pair.old, name), _member_place(pair.new, name))
    if is_forbidden:
        facts |= _described(context.member(old_premises, name))
    kind = "property-forbidden" if is_forbidden else "property-allowed"
    telling.tell_below((name,), kind, told, places=places, facts=facts)


def _tell_required(pair: Pair, telling: Telling, name: str) -> None:
    told = _requiring(pair, name)
    if told is Effect.NEUTRAL:
        return
    kind = "property-required" if told is Effect.NARROWS else "property-optional"
    places = (_required_place(pair.old, name), _required_place(pair.new, name))
    telling.tell_below((name,), kind, told, places=places, facts={"name": name})


def _requiring(pair: Pair, name: str) -> Effect:
    is_old = name in pair.opener.premises(pair.old).required
    is_new = name in pair.opener.premises(pair.new).required
    if is_old == is_new:
        return Effect.NEUTRAL
    needed = (pair.opener.context.interner.plain("required", [name]),)
    return pair.effect_of(needed, ()) if is_old else pair.effect_of((), needed)


def _member_place(aspect: Aspect, name: str) -> Place:
    for part in aspect.parts:
        if name in part.members("properties"):
            return part.place.child("properties", name)
    return aspect.spot("properties")


def _required_place(aspect: Aspect, name: str) -> Place:
    for part in aspect.having("required"):
        names = part.items("required")
        if name in names:
            return part.place.child("required", names.index(name))
    return aspect.spot("required")


def tell_others(pair: Pair, telling: Telling) -> None:
    """Tell of the members that no side declares, of patterns for names, and of names themselves."""
    _tell_patterns(pair, telling)
    _tell_rest(pair, telling)
    old, new = _roots(pair.old, "propertyNames"), _roots(pair.new, "propertyNames")
    if old and new:
        telling.follow((Step.KEY,), old, new)
    elif old or new:
        kind = "property-names-added" if new else "property-names-removed"
        told = effect(narrows=bool(new), widens=bool(old))
        telling.tell(kind, told, (pair.old.spot("propertyNames"), pair.new.spot("propertyNames")))


def _tell_patterns(pair: Pair, telling: Telling) -> None:
    old, new = _by_pattern(pair.old), _by_pattern(pair.new)
    premises = (pair.opener.premises(pair.old), pair.opener.premises(pair.new))
    for pattern in dict.fromkeys([*old, *new]):
        if pattern in old and pattern in new:
            telling.follow((Step.OTHER,), old[pattern], new[pattern])
            continue
        befores, afters = (regions(each, pattern=pattern) for each in premises)
        told = _any_effect(pair, befores, afters)
        kind = "pattern-properties-added" if pattern in new else "pattern-properties-removed"
        places = (pair.old.spot("patternProperties"), pair.new.spot("patternProperties"))
        telling.tell_below((Step.OTHER,), kind, told, places=places, facts={"pattern": pattern})


def _by_pattern(aspect: Aspect) -> dict[str, Roots]:
    found: dict[str, list[Root]] = {}
    for part in aspect.parts:
        for pattern in part.members("patternProperties"):
            found.setdefault(pattern, []).append(part.root("patternProperties", pattern))
    return {pattern: tuple(roots) for pattern, roots in found.items()}


def _tell_rest(pair: Pair, telling: Telling) -> None:
    old, new = _rest(pair.old), _rest(pair.new)
    are_schemas = bool(old and new) and all(isinstance(root.schema, dict) for root in [*old, *new])
    if are_schemas:
        telling.follow((Step.OTHER,), old, new)
        return
    premises = (pair.opener.premises(pair.old), pair.opener.premises(pair.new))
    befores, afters = (_rest_regions(pair, each) for each in premises)
    told = _any_effect(pair, befores, afters)
    if told is Effect.NEUTRAL:
        return
    is_old_closed, is_new_closed = befores == [(FALSE,)], afters == [(FALSE,)]
    kind = "additional-properties-changed"
    if is_new_closed and not is_old_closed:
        kind = "additional-properties-forbidden"
    elif is_old_closed and not is_new_closed:
        kind = "additional-properties-allowed"
    telling.tell(kind, told, (_rest_place(pair.old), _rest_place(pair.new)))


def _rest_regions(pair: Pair, premises: Premises) -> list[tuple[Node, ...]]:
    if premises.closed_names is not None:
        return [(FALSE,)]
    return regions(premises, besides=frozenset({*_by_pattern(pair.old), *_by_pattern(pair.new)}))


def _any_effect(pair: Pair, befores: list[tuple[Node, ...]], afters: list[tuple[Node, ...]]) -> Effect:
    told = Effect.NEUTRAL
    for before in befores:
        for after in afters:
            told = united(told, pair.effect_within(before, after))
    return told


def _rest(aspect: Aspect) -> Roots:
    return _roots(aspect, "additionalProperties") or _roots(aspect, "unevaluatedProperties")


def _rest_place(aspect: Aspect) -> Place:
    is_unevaluated = any(aspect.having("unevaluatedProperties")) and not any(aspect.having("additionalProperties"))
    return aspect.spot("unevaluatedProperties" if is_unevaluated else "additionalProperties")


def _roots(aspect: Aspect, keyword: str) -> Roots:
    return tuple(_root(part, keyword) for part in aspect.having(keyword))


def _root(part: Part, keyword: str) -> Root:
    return Root(as_schema(part.schema[keyword]), part.place.child(keyword))
