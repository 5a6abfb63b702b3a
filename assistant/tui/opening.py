"""Opens a place in the user's editor: one that wants the terminal gets it and is waited for, any other runs beside."""

from functools import partial
from typing import TYPE_CHECKING, Any

from textual.app import App, SuspendNotSupported

from assistant.errors import InputError
from assistant.tui.background import in_background

if TYPE_CHECKING:
    from assistant.authoring.opening import Opening
    from assistant.errors import Finding
    from assistant.policy.places import Place
    from assistant.policy.syntax import Policy


def opening(policy: "Policy", mistakes: "tuple[Finding, ...]", name: str, setting: str | None) -> "Opening":
    """How to open what is called `name`; without a name the first mistake there is. Raises `InputError`."""
    from assistant.authoring.opening import opening_of
    from assistant.policy.places import place_named

    place = place_named(policy, name) if name else first_mistake(mistakes)
    return opening_of(place, setting)


def first_mistake(mistakes: "tuple[Finding, ...]") -> "Place":
    """Where the first mistake of an edited policy is."""
    from assistant.policy.places import place_at

    span = next((one.span for one in mistakes if one.span is not None), None)
    if span is None:
        raise InputError("nothing is named to be opened", help="say /edit and a rule, param, fact or option")
    return place_at(span, "the first mistake")


async def opened(app: App[Any], found: "Opening") -> None:
    """Opens it; returns once the editor has ended. Raises `InputError` where that goes wrong."""
    from assistant.authoring.opening import run

    if not found.command.waits:
        await in_background(partial(run, found.command))
        return
    try:
        with app.suspend():
            run(found.command)
    except SuspendNotSupported:
        help = f"open {found.place} beside the chat, or set `editor:` to one with a window of its own"
        raise InputError("the editor can't have this terminal", help=help) from None
