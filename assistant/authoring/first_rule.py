"""A rule to fill in, on a fact that the policy asks for: it checks as it stands, so that each edit can be tried."""

import json
from dataclasses import dataclass

from assistant.policy.syntax import Policy
from assistant.policy.vocabulary import FactType, Kind, Value

_ROUND = 1000


@dataclass(frozen=True, slots=True)
class Trial:
    """A condition on one fact, a value on which it holds and one on which it does not."""

    fact: FactType
    when: str
    fires: Value
    silent: Value


def trial_of(policy: Policy) -> Trial | None:
    """A condition on the first fact that policy asks for and that has two values; None where there is none."""
    asked = [fact for fact in policy.told.values() if fact.asked]
    return next((trial for trial in map(_trial, asked or policy.told.values()) if trial), None)


def _trial(fact: FactType) -> Trial | None:
    name = fact.name
    match fact.kind:
        case Kind.FLAG:
            return Trial(fact, name, True, False)
        case Kind.CHOICE:
            values = [option.value for option in fact.options]
            return Trial(fact, f"{name} == {values[0]}", values[0], values[1]) if len(values) > 1 else None
        case Kind.COUNT:
            return Trial(fact, f"{name} >= {_ROUND}", _ROUND, _ROUND - 1)
        case Kind.SCALE:
            middle = (fact.low + (fact.high or fact.low)) // 2
            return Trial(fact, f"{name} > {middle}", middle + 1, middle)


def rule_text(id: str, trial: Trial) -> str:
    """A rule as YAML, an item of a list."""
    name = trial.fact.name
    because = quoted(f"Say here why, in a sentence. An answer may stand in it: {{{{ {name} }}}}.")
    fires, silent = written(trial.fires), written(trial.silent)
    return _RULE.format(id=id, when=trial.when, because=because, name=name, fires=fires, silent=silent)


_RULE = """\
- rule: {id}
  when: {when}
  then:                      # also: score, require, rule_out, conclude, cost, narrow, impossible
    advise:
      - kind: step
        text: Say here what to do.
  because: {because}
  basis: house               # or article, with `cites: [passage#claim]` and without `reason`
  reason: Say here why the house holds this.
  examples:                  # run by `whyso check`: at least one that fires and one that does not
    - {{facts: {{{name}: {fires}}}, fires: true}}
    - {{facts: {{{name}: {silent}}}, fires: false}}
"""


def written(value: Value) -> str:
    """A value as YAML."""
    return str(value).lower() if isinstance(value, bool) else str(value)


def quoted(text: str) -> str:
    """A text as a double-quoted scalar of YAML."""
    return json.dumps(text, ensure_ascii=not text.isprintable())
