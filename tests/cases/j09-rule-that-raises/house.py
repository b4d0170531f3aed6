"""Rules of the house."""

from apictl.rules.custom import Flaw, OpenApi, RuleSet, Severity, lint_rule


@lint_rule("house-broken", OpenApi.SCHEMA, sets={RuleSet.RECOMMENDED: Severity.ERROR})
def house_broken(node, scope):
    print(scope.version())
    raise KeyError(node.fields["nothing"])


@lint_rule("house-rule", OpenApi.SCHEMA, sets={RuleSet.RECOMMENDED: Severity.WARNING})
def house_rule(node, scope):
    yield Flaw("the house does not like this", node.place.key())
