"""Changes as one types them: `fact=value`, where nothing after the sign makes the fact unknown."""

from assistant.errors import InputError, did_you_mean, shown
from assistant.policy.syntax import Policy
from assistant.policy.vocabulary import Value, read_answer
from assistant.reading.scalars import plain_value


def read_change(text: str, policy: Policy) -> tuple[str, Value | None]:
    """The fact and its new value, None for unknown; raises `InputError`."""
    name, sign, written = (part.strip() for part in text.partition("="))
    if not sign:
        raise InputError(f"`{shown(text)}` is no change", help="write `fact=value`")
    fact = policy.told.get(name)
    if fact is None:
        if name in policy.derived:
            raise InputError(f"`{name}` is concluded by rules, and can't be told", help="change what it follows from")
        raise InputError(f"unknown fact `{shown(name)}`", help=did_you_mean(name, policy.told))
    value = plain_value(written)
    return name, None if value is None else read_answer(fact, value)
