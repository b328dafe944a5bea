"""What may be shown of victims."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Policy:
    """A rule of disclosure; the default protects every victim.

    Attributes
    ----------
    show_victims
        Show victims' names, ages, homes and numbers as recorded. Only ever set because a
        user asked for it by name, and recorded when they do.
    """

    show_victims: bool = False


PROTECT = Policy()
