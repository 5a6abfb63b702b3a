"""The files of an organisation's layer to begin with: a param, a rule with examples, a question and a case."""

import re
from collections.abc import Mapping

from assistant.authoring.first_rule import quoted, rule_text, trial_of, written
from assistant.policy.syntax import Param, Policy

_OTHER = re.compile(r"[^a-z0-9]+")
FIRST_RULE = "our-first-rule"


def id_for(folder_name: str, taken: str = "") -> str:
    """An id from a folder's name, other than `taken`."""
    id = _OTHER.sub("-", folder_name.lower()).strip("-")[:60].strip("-") or "our-policy"
    return f"our-{id}" if id == taken else id


def layer_files(base: Policy, id: str) -> Mapping[str, str]:
    """The files of a layer over `base`, by path; as it stands it changes the words of a question and nothing else."""
    trial = trial_of(base)
    files = {"policy.yaml": _head(base, id)}
    if trial is None:
        return files
    fact = trial.fact
    files["rules.yaml"] = _RULES + rule_text(FIRST_RULE, trial)
    files["vocabulary/questions.yaml"] = _QUESTIONS.format(
        fact=fact.name,
        question=quoted(f"In our organisation: {fact.question}"),
        help=quoted(fact.help),
    )
    files["cases/first.yaml"] = _CASE.format(fact=fact.name, value=written(trial.fires), rule=FIRST_RULE)
    return files


def _head(base: Policy, id: str) -> str:
    param = next((base.params[origin.id] for origin in base.origins if origin.kind == "param"), None)
    first = base.rules[0].id if base.rules else "some-rule"
    return (
        _HEAD.format(id=id, base=base.id)
        + (_param(param) if param else "")
        + _MORE.format(rule=first, option=base.options[0].id)
    )


def _param(param: Param) -> str:
    label = " ".join(param.label.split())
    return _PARAM.format(param=param.id, value=written(param.value), label=label)


_HEAD = """\
# yaml-language-server: $schema=schema/policy.json
# A layer over `{base}`: what is not said here stays as it is there. After each edit run `whyso check` on this folder.
policy: {id}
version: 0.1.0
extends: {base}
"""
_PARAM = """
params:
  # {label}: {value} in the policy below.
  # Set it otherwise, and `whyso check` tells which examples and cases below come out otherwise.
  - param: {param}
    value: {value}
    because: Say here why it holds for you.
"""
_MORE = """
# Rules that do not hold here:
# disable: [{rule}]
# A source of your own, in knowledge/our-handbook/, whose passages your rules may cite:
# source: our-handbook
# Another label for an option, or an option more:
# options: [{{option: {option}, label: As we call it}}]
"""
_RULES = """\
# yaml-language-server: $schema=schema/rules.json
# Rules of your own. One with the id of a rule below takes its place. `whyso new rule ID` adds another to fill in.
"""
_QUESTIONS = """\
# yaml-language-server: $schema=../schema/vocabulary.json
# Questions in your words. A fact without a `type` alters the one below: only what is said here changes.
- fact: {fact}
  question: {question}
  help: {help}
"""
_CASE = """\
# yaml-language-server: $schema=../schema/case.json
# A whole case and what must come of it; `whyso check` runs it.
case: first
about: Say here in a sentence whom this is about.
answers:
  {fact}: {value}
expect:
  fires: [{rule}]
"""
