"""Which policy is in force: what the command line names, else the environment, else the settings, else the shipped.

An error in a policy says which of these named it, so that nobody looks for it in the wrong place.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from assistant.errors import Finding, InputError, PolicyError, shown

VARIABLE = "WHYSO_POLICY"


@dataclass(frozen=True, slots=True)
class InForce:
    """The folder of a policy, None for the shipped one, and what named it, where that is not the command line."""

    folder: Path | None
    named_by: str = ""

    @contextmanager
    def told(self) -> Iterator[None]:
        """Adds to an error in this policy what named it."""
        try:
            yield
        except PolicyError as error:
            raise PolicyError([*error.findings, *self.note()]) from None
        except InputError as error:
            if not self.named_by:
                raise
            help = f"{self.named_by} names it" if error.help is None else f"{error.help}; {self.named_by} names it"
            raise InputError(error.message, span=error.span, help=help) from None

    def note(self) -> tuple[Finding, ...]:
        """What named this policy, to stand below its faults; nothing where the command line did."""
        if not self.named_by:
            return ()
        return (Finding("in-force", None, f"{self.named_by} names this policy", "--policy DIR takes another"),)


def policy_in_force(named: str | None) -> InForce:
    """The policy in force, `named` on the command line or not; raises `WhysoError` where settings can't be read."""
    if named:
        return InForce(Path(named))
    from_environment = os.environ.get(VARIABLE)
    if from_environment:
        return InForce(Path(from_environment), VARIABLE)
    from assistant.preferences.place import settings_path
    from assistant.preferences.policy import policy_setting

    path = settings_path()
    setting = policy_setting(path) if path else None
    if setting is None:
        return InForce(None)
    return InForce(setting.folder, f"`policy:` at {shown(str(setting.span), 200)}")
