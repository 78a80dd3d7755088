"""The five things a command can say no with, each a sentence that a screen translates."""

from typing import NamedTuple


class Say(NamedTuple):
    """An English sentence with named places, and what goes into them; screens translate it."""

    text: str
    places: dict[str, object] = {}

    def __str__(self) -> str:
        """In English, for the terminal and for machines; a place may be a sentence itself."""
        return self.text.format(**self.places)


def N_(sentence: str) -> str:
    """Mark a sentence for the catalogue without translating it here."""
    return sentence


class Verbatim(str):
    """What somebody wrote, as the name of a sheet; in the place of a sentence it is never translated."""


class Problem(Exception):
    """Base of all refusals. `say` is the sentence for the visitor."""

    def __init__(self, sentence: str, **places: object):
        self.say = Say(sentence, places)
        super().__init__(sentence.format(**places))


class Refused(Problem):
    """The visitor's role may not do this."""


class NotFound(Problem):
    """It does not exist, or it lies outside the visitor's area: a stranger learns no difference."""


class Unusable(Problem):
    """The store is missing, damaged, or not one that this version of the program can work on."""


class Conflict(Problem):
    """Somebody changed it meanwhile, or the store's own rules forbid it."""


class Invalid(Problem):
    """What was typed cannot be stored. `faults` maps each field to the sentence that mends it."""

    def __init__(self, faults: dict[str, Say]):
        self.faults = faults
        first = next(iter(faults.values()))
        super().__init__(first.text, **first.places)
