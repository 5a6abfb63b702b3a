"""Names and changes as one types them: `fact=value`, where nothing after the sign makes the fact unknown."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from assistant.errors import InputError, did_you_mean, shown
from assistant.policy.syntax import Policy
from assistant.policy.vocabulary import FactType, Value, read_answer
from assistant.reading.scalars import plain_value


@dataclass(frozen=True, slots=True)
class Supposed:
    """A fact's supposed value, None for unknown, and the words that stand for it, empty where it stands for itself."""

    value: Value | None
    words: str


def read_changes(texts: Iterable[str], policy: Policy) -> Mapping[str, Supposed]:
    """Each fact with its new value; raises `InputError`, also where a fact is to change twice."""
    found: dict[str, Supposed] = {}
    for text in texts:
        name, supposed = _read(text, policy)
        if name in found:
            raise InputError(f"`{name}` is changed twice", help="say it once")
        found[name] = supposed
    return found


def _read(text: str, policy: Policy) -> tuple[str, Supposed]:
    name, sign, written = (part.strip() for part in text.partition("="))
    if not sign:
        raise InputError(f"`{shown(text)}` is no change", help="write `fact=value`")
    fact = _told(name, policy)
    plain = plain_value(written)
    value = None if plain is None else read_answer(fact, plain)
    anchored = isinstance(plain, str) and isinstance(value, int)
    return name, Supposed(value, written if anchored else "")


def check_names(policy: Policy, option: str | None, facts: Collection[str] = ()) -> None:
    """Raises `InputError` where there is no such option, or no such told fact."""
    options = [one.id for one in policy.options]
    if option is not None and option not in options:
        raise InputError(f"there is no option `{shown(option)}`", help=did_you_mean(option, options))
    for name in facts:
        _told(name, policy)


def _told(name: str, policy: Policy) -> FactType:
    if name in policy.derived:
        raise InputError(f"`{name}` is concluded by rules, and can't be told", help="change what it follows from")
    if name not in policy.told:
        raise InputError(f"unknown fact `{shown(name)}`", help=did_you_mean(name, policy.told))
    return policy.told[name]
