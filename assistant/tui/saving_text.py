"""The conversation as plain text: one reply to be copied, all of it into a file that was not there before."""

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.errors import InputError, shown

if TYPE_CHECKING:
    from assistant.explanation.document import Document

STEM = "whyso-conversation"
MOST_TRIED = 1000
UNWRAPPED = 100_000


def text_of(document: "Document", width: int = UNWRAPPED) -> str:
    """A document in plain lines; a line for each paragraph without a width."""
    from assistant.explanation.plain import lines_of

    return lines_of(document, width)


def transcript_text(turns: "Iterable[tuple[str | None, Document]]") -> str:
    """What was said, each message and its reply apart from the next."""
    from assistant.explanation.plain import printable

    parts: list[str] = []
    for said, reply in turns:
        heard = f"> {printable(said)}" if said is not None else ""
        parts.append("\n".join(part for part in (heard, text_of(reply, 100)) if part))
    return "\n\n".join(parts) + "\n"


def save_new(text: str, name: str = "", folder: Path | None = None) -> Path:
    """Writes a text into a file that is new, under a free name where none is given; raises `InputError`."""
    folder = folder or Path()
    names = [name] if name else [f"{STEM}{f'-{n}' if n > 1 else ''}.txt" for n in range(1, MOST_TRIED)]
    for candidate in names:
        path = folder / Path(candidate).expanduser()
        try:
            with path.open("x", encoding="utf-8") as stream:
                stream.write(text)
        except FileExistsError:
            continue
        except (OSError, ValueError, RuntimeError) as error:
            reason = (getattr(error, "strerror", None) or str(error)).lower()
            raise InputError(f"cannot write `{shown(candidate)}`: {reason}") from None
        return path
    raise InputError(f"`{shown(names[-1])}` is there already", help="name another file; nothing is ever written over")
