"""The prover: does one schema allow every value that another allows?"""

from __future__ import annotations

from collections.abc import Generator, Iterator
from typing import Final

from apictl.diff.schemas.array_rules import contains_follows, item_at, items_follow
from apictl.diff.schemas.cases import Cases, alternatives, is_known, member_values, types
from apictl.diff.schemas.context import Context
from apictl.diff.schemas.engine import Engine, Goal, Key, Proof
from apictl.diff.schemas.members import Members, closing_members
from apictl.diff.schemas.node import FALSE, TRUE, Node
from apictl.diff.schemas.object_rules import dependents_follow, members_follow, names_follow
from apictl.diff.schemas.plain_rules import follows
from apictl.diff.schemas.premises import Premises
from apictl.diff.schemas.solver import Solver

MEMBERS: Final = frozenset({"properties", "patternProperties", "additionalProperties"})
ITEMS: Final = frozenset({"prefixItems", "items"})
CONTAINS: Final = frozenset({"contains", "minContains", "maxContains"})
CONDITION: Final = frozenset({"if", "then", "else"})
_GROUPS: Final = (MEMBERS, ITEMS, CONTAINS, CONDITION)
_ITEMS_LOOKED_AT: Final = 4
_UNEVALUATED: Final = frozenset({"unevaluatedProperties", "unevaluatedItems"})
_OBJECT: Final = MEMBERS | {"propertyNames", "dependentSchemas"}
_ARRAY: Final = ITEMS | CONTAINS
_DISJUNCTIVE: Final = frozenset({"anyOf", "oneOf", "not", "if"})


class Prover:
    """Proves claims about the nodes of one universe; each once."""

    def __init__(self, context: Context) -> None:
        """Take what the rules share."""
        self._context = context
        self._solver = Solver(context.judge)
        self._taken_apart: dict[Node, tuple[Node, ...]] = {}
        self._engine = Engine(self._prepare)

    def is_within(self, sub: tuple[Node, ...], sup: tuple[Node, ...]) -> bool:
        """Whether it is proved that each value which all of *sub* allow is allowed by all of *sup*."""
        return all(self._engine.is_reached(Goal(sub, node)) for node in sup)

    def is_empty(self, nodes: tuple[Node, ...]) -> bool:
        """Whether it is proved that no value is allowed by all of *nodes*."""
        return self._engine.is_reached(Goal(nodes, FALSE))

    def _prepare(self, goal: Goal) -> tuple[Key, Proof | bool]:
        premises = self._context.premises(goal.sub)
        key = (premises.key, goal.sup.number)
        if goal.sup.is_true or goal.sup in premises.opened or not premises.atoms or premises.values == {}:
            return key, True
        return key, self._prove(premises, goal.sup)

    def _prove(self, premises: Premises, sup: Node) -> Proof:
        if sup.is_false:
            return (yield from self._is_contradictory(premises))
        parts = [part for part in self._context.premises((sup,)).parts if part not in premises.opened]
        for part in parts:
            if part is not sup and not (yield Goal(premises.parts, part)):
                return False
        if sup not in parts:
            return True
        values = self._context.allowed_values(premises)
        if values is not None and all(self._context.judge.allows(sup, value) for value in values):
            return True
        for constraint in self._constraints(sup):
            if constraint is not sup:
                is_proved = yield Goal(premises.parts, constraint)
            else:
                is_proved = yield from self._follows(premises, constraint)
            if not is_proved:
                return False
        return True

    def _constraints(self, part: Node) -> tuple[Node, ...]:
        known = self._taken_apart.get(part)
        if known is None:
            known = self._taken_apart[part] = tuple(constraints(self._context, part))
        return known

    def _matches(self, premises: Premises, branches: tuple[Node, ...]) -> Proof:
        """Prove that a `oneOf` of *premises* has the same branches, one for one."""
        for part in premises.parts:
            left = list(branches)
            known = part.listed.get("oneOf", ())
            if len(known) != len(left):
                continue
            for each in sorted(known, key=lambda node: node not in left):
                same = yield from self._same_as(each, left)
                if same is None:
                    break
                left.remove(same)
            if not left:
                return True
        return False

    def _same_as(self, node: Node, others: list[Node]) -> Generator[Goal, bool, Node | None]:
        """Return the first of *others* that is proved to allow the same as *node*."""
        if node in others:
            return node
        premises = self._context.premises((node,))
        for other in others:
            if (
                not self._context.are_apart(premises, other)
                and (yield Goal((node,), other))
                and (yield Goal((other,), node))
            ):
                return other
        return None

    def _follows(self, premises: Premises, constraint: Node) -> Proof:
        """Prove a *constraint* of one keyword, or of keywords that only mean something together."""
        is_choice = not (_DISJUNCTIVE.isdisjoint(constraint.keywords()) or _looks_around(constraint))
        if (
            "oneOf" in constraint.listed
            and is_choice
            and (yield from self._matches(premises, constraint.listed["oneOf"]))
        ):
            return True
        is_settled = is_choice and self._is_settled(premises, constraint)
        cases = None if is_settled else alternatives(self._context, premises, constraint)
        # Where there are alternatives on both sides, none of the one needs to be within one of the other as a whole.
        is_direct = not (is_choice and constraint.listed and cases is not None)
        if is_direct and (yield from self._directly(premises, constraint)):
            return True
        splits = (types, member_values) if is_choice and not is_settled else ()
        for possible in (cases, *(split(self._context, premises) for split in splits)):
            if possible is not None and (yield from self._by_cases(premises, constraint, possible)):
                return True
        if (yield Goal(premises.parts, FALSE)):
            return True
        return self._solver.is_within(premises, constraint)

    def _is_settled(self, premises: Premises, constraint: Node) -> bool:
        """Whether only one branch of *constraint* is possible at all, so that no case leads to another one."""
        branches = next(iter(constraint.listed.values()), ())
        return bool(branches) and len(self._likeliest_first(premises, branches)) <= 1

    def _by_cases(self, premises: Premises, constraint: Node, cases: Cases) -> Proof:
        for case in cases:
            if not (yield Goal((*premises.parts, *case), constraint)):
                return False
        return True

    def _directly(self, premises: Premises, constraint: Node) -> Proof:
        if _looks_around(constraint):
            return (yield from self._is_closed(premises, constraint))
        keyword = next(constraint.keywords())
        if keyword in _OBJECT | _ARRAY:
            kind = "object" if keyword in _OBJECT else "array"
            return kind not in premises.atoms or (yield from self._below(premises, constraint))
        if keyword in constraint.plain:
            return follows(premises, keyword, constraint.plain[keyword], patterns=self._context.patterns)
        return (yield from self._in_place(premises, constraint))

    def _below(self, premises: Premises, constraint: Node) -> Proof:
        """Prove a constraint on members or items."""
        keyword = next(constraint.keywords())
        if keyword in MEMBERS:
            return (yield from members_follow(self._context, premises, _members(constraint)))
        if keyword == "propertyNames":
            return (yield from names_follow(self._context, premises, constraint.single[keyword]))
        if keyword == "dependentSchemas":
            return (yield from dependents_follow(self._context, premises, constraint.named[keyword]))
        if keyword in ITEMS:
            return (yield from items_follow(premises, constraint))
        # `minContains` and `maxContains` alone say nothing (JSON Schema 2020-12, Validation, 6.4.4 and 6.4.5).
        return "contains" not in constraint.single or (yield from contains_follows(premises, constraint))

    def _is_closed(self, premises: Premises, constraint: Node) -> Proof:
        """Prove what `unevaluatedProperties` and `unevaluatedItems` of *constraint* ask, or more than that."""
        if "unevaluatedItems" in constraint.single and "array" in premises.atoms:
            return False
        if "object" not in premises.atoms:
            return True
        wanted = closing_members(constraint, self._context.universe.content)
        return wanted is None or (yield from members_follow(self._context, premises, wanted))

    def _in_place(self, premises: Premises, constraint: Node) -> Proof:
        """Prove a constraint whose schemas judge the same value."""
        match next(constraint.keywords(), ""):
            case "not":
                return (yield from self._is_refused(premises, constraint.single["not"]))
            case "anyOf":
                return (yield from self._is_any(premises, constraint.listed["anyOf"]))
            case "oneOf":
                return (yield from self._is_one(premises, constraint.listed["oneOf"]))
            case "if" | "then" | "else":
                return (yield from self._is_conditional(premises, constraint))
            case _:
                return False

    def _is_refused(self, premises: Premises, refused: Node) -> Proof:
        for known in premises.singles("not"):
            if refused is known or (yield Goal((refused,), known)):
                return True
        return (yield Goal((*premises.parts, refused), FALSE))

    def _is_any(self, premises: Premises, branches: tuple[Node, ...]) -> Proof:
        for branch in self._likeliest_first(premises, branches):
            if (yield Goal(premises.parts, branch)):
                return True
        return False

    def _is_one(self, premises: Premises, branches: tuple[Node, ...]) -> Proof:
        for chosen in self._likeliest_first(premises, branches):
            if (yield Goal(premises.parts, chosen)):
                others = list(branches)
                others.remove(chosen)
                for other in others:
                    is_apart = self._context.are_apart(premises, other)
                    if not is_apart and not (yield Goal((*premises.parts, other), FALSE)):
                        return False
                return True
        return False

    def _likeliest_first(self, premises: Premises, branches: tuple[Node, ...]) -> list[Node]:
        possible = (branch for branch in dict.fromkeys(branches) if not self._context.are_apart(premises, branch))
        return sorted(possible, key=lambda branch: not is_known(premises, branch))

    def _is_conditional(self, premises: Premises, constraint: Node) -> Proof:
        condition = constraint.single.get("if")
        if condition is None:
            return True  # `then` and `else` alone say nothing (JSON Schema 2020-12, 10.2.2)
        refused = self._context.interner.negation(condition)
        then, otherwise = constraint.single.get("then", TRUE), constraint.single.get("else", TRUE)
        if not then.is_true and not (yield Goal((*premises.parts, condition), then)):
            return False
        return otherwise.is_true or (yield Goal((*premises.parts, refused), otherwise))

    def _is_contradictory(self, premises: Premises) -> Proof:
        """Prove that no value is allowed."""
        if self._context.allowed_values(premises) == []:
            return True
        for refused in premises.singles("not"):
            if is_known(premises, refused):
                return True
            if not self._context.are_apart(premises, refused) and (yield Goal(premises.parts, refused)):
                return True
        for needed in self._needed(premises):
            if (yield Goal(needed, FALSE, is_below=True)):
                return True
        cases = alternatives(self._context, premises, FALSE) or types(self._context, premises)
        return cases is not None and (yield from self._by_cases(premises, FALSE, cases))

    def _needed(self, premises: Premises) -> Iterator[tuple[Node, ...]]:
        """Yield what holds for members and items that every value has."""
        if premises.atoms == {"object"}:
            yield from (self._context.member(premises, name) for name in sorted(premises.required))
        if premises.atoms == {"array"}:
            yield from (item_at(premises, index) for index in range(min(premises.least("minItems"), _ITEMS_LOOKED_AT)))


def constraints(context: Context, part: Node) -> Iterator[Node]:
    """Yield what *part* says besides `allOf`, one thing at a time."""
    if _looks_around(part):
        # They mean something only with all that stands beside them.
        rest = frozenset(part.keywords()) - _UNEVALUATED
        yield from constraints(context, context.interner.only(part, rest))
        yield part
        return
    waiting = dict.fromkeys(keyword for keyword in part.keywords() if keyword != "allOf")
    while waiting:
        keyword = next(iter(waiting))
        group = next((each for each in _GROUPS if keyword in each), frozenset({keyword}))
        for each in group:
            waiting.pop(each, None)
        yield context.interner.only(part, group)


def _looks_around(node: Node) -> bool:
    return not _UNEVALUATED.isdisjoint(node.single)


def _members(constraint: Node) -> Members:
    return Members(
        constraint.named.get("properties", {}),
        constraint.named.get("patternProperties", {}),
        constraint.single.get("additionalProperties", TRUE),
    )
