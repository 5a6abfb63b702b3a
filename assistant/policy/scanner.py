"""Condition texts to tokens, and the error that a fault in a condition raises."""

import re
from typing import NamedTuple

from assistant.errors import shown
from assistant.knowledge import quantity
from assistant.policy.vocabulary import MAX_COUNT

_TOKEN = re.compile(
    r"(?P<number>\d[\w.]*)|(?P<name>[A-Za-z_]\w*(?:\.\w+)*)|(?P<text>'[^']*'|\"[^\"]*\")"
    r"|(?P<sign><=|>=|==|!=|<|>|\+|-|\(|\)|\[|\]|,)|(?P<space>\s+)|(?P<bad>.)",
    re.DOTALL | re.ASCII,
)
_WHOLE = re.compile(r"(0|[1-9]\d*)\Z", re.ASCII)
_INSTEAD = {
    "=": "compare with `==`",
    "&": "write `and`",
    "|": "write `or`",
    "!": "write `not`",
    "'": "close the quote",
    '"': "close the quote",
}


class ExpressionError(Exception):
    """A fault in a condition, at an offset in its text."""

    def __init__(self, offset: int, message: str, help: str | None = None, code: str = "condition") -> None:
        super().__init__(message)
        self.offset = offset
        self.message = message
        self.help = help
        self.code = code


class Token(NamedTuple):
    """A number, a name, a quoted text, a sign, or the end."""

    kind: str
    text: str
    offset: int

    @property
    def found(self) -> str:
        """How a message names it."""
        return "the end" if self.kind == "end" else f"`{shown(self.text)}`"


def scan(text: str) -> list[Token]:
    """The tokens of a condition; raises `ExpressionError` at what is none."""
    tokens = []
    for match in _TOKEN.finditer(text):
        if match.lastgroup == "bad":
            raise ExpressionError(match.start(), f"unexpected `{shown(match[0])}`", _INSTEAD.get(match[0]))
        if match.lastgroup != "space":
            tokens.append(Token(match.lastgroup or "", match[0], match.start()))
    return tokens


def whole_number(token: Token) -> int:
    """The number that a token writes; raises where it is not whole, or too large."""
    if not _WHOLE.match(token.text):
        raise ExpressionError(token.offset, f"`{shown(token.text)}` is not a whole number")
    number = int(token.text[:20])
    if number > MAX_COUNT:
        raise ExpressionError(token.offset, f"`{shown(token.text)}` is too large", f"at most {quantity(MAX_COUNT)}")
    return number
