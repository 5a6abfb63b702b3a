"""How many months people mean: `24`, `18 months`, `two years`, and such a stretch within a question about costs."""

import re

from assistant.dialogue.understanding.english import TENS, UNITS
from assistant.errors import InputError, shown
from assistant.reasoning.outlook import MONTHS, MOST_MONTHS

_NUMBERS = {**UNITS, **TENS}
_PERIODS = {"month": 1, "quarter": 3, "year": 12}
_STRETCH = re.compile(
    r"(?:(?:the|a|an)\s+)?(?:(?:first|next|coming)\s+)?"
    rf"(?:(?P<number>[0-9]{{1,9}}|{'|'.join(_NUMBERS)})[\s-]+)?(?P<period>{'|'.join(_PERIODS)})s?\b",
    re.IGNORECASE,
)
_WITHIN = re.compile(rf"\b(?:over|after|within|in|for|by|during|across|throughout)\s+{_STRETCH.pattern}", re.IGNORECASE)


def months_said(argument: str) -> int:
    """The months that an argument names, `MONTHS` where it is empty; raises `InputError` where it names none."""
    said = argument.strip()
    if not said:
        return MONTHS
    found = _STRETCH.fullmatch(said)
    months = _months(found) if found else int(said) if re.fullmatch(r"[0-9]{1,9}", said) else 0
    if not 1 <= months <= MOST_MONTHS:
        help = "say a number of months, such as /costs 24, or a stretch, such as /costs 2 years"
        raise InputError(f"costs are shown over 1 to {MOST_MONTHS} months, not over `{shown(said)}`", help=help)
    return months


def without_months(text: str) -> tuple[str, str] | None:
    """A question without the stretch of time that it names, and that in months; None where it names none."""
    found = _WITHIN.search(text)
    if found is None:
        return None
    return f"{text[: found.start()].rstrip()}{text[found.end() :]}", str(_months(found))


def _months(found: re.Match[str]) -> int:
    number = (found["number"] or "one").lower()
    return (int(number) if number.isdecimal() else _NUMBERS[number]) * _PERIODS[found["period"].lower()]
