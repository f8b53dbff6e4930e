"""The answer of a rule: yes, or no with the reason in words."""

from dataclasses import dataclass


class Refused(Exception):
    """A rule said no; `str()` is the reason, in words for the person who asked."""


@dataclass(frozen=True)
class Verdict:
    """Whether something is allowed; a refusal carries its reason.

    Truthy when allowed, so that rules chain with `and` and pages can show `reason` where a
    button is missing.
    """

    allowed: bool
    reason: str = ""

    def __bool__(self) -> bool:
        return self.allowed

    def require(self) -> None:
        """Raise `Refused` with the reason unless allowed."""
        if not self.allowed:
            raise Refused(self.reason)


ALLOWED = Verdict(True)


def refuse(reason: str) -> Verdict:
    """A refusal with its reason."""
    return Verdict(False, reason)
