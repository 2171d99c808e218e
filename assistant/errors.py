"""What can go wrong, in words for the people who use the program.

JushiError
├── InputError            a file, a question or an option that cannot be used as given
│   ├── UnreadableFile    the file is missing, empty, damaged, protected or of another kind
│   └── UnknownPeriod     the period is not one this program understands
├── SettingsError         a setting is missing or wrong
├── WorkspaceError        the workspace folder or its database cannot be used
├── RegistryError         the indicator dictionary is not valid
├── PromptError           a prompt file and what is filled into it do not fit
├── ModelError            the language model could not be used
│   ├── ModelUnreachable  no answer from the endpoint (address, network, stalled)
│   ├── ModelRefused      the endpoint answered, and said no (key, quota, model name, length)
│   │   └── ContextExceeded   what it was given is longer than it can take
│   └── ModelNonsense     the endpoint answered with something that is not a completion
├── Cancelled             a person stopped the work
├── Conflict              somebody else changed the same thing in the meantime
├── Forbidden             who asks may not do it
│   └── LoginRefused      the name and password were not accepted, or it is too soon to try again
└── SignedOff             the report is signed off and cannot change

A message is one Chinese sentence or two: what, where (file, sheet, cell; page; line), what to do next.
"""

from dataclasses import dataclass
from datetime import datetime


class JushiError(Exception):
    """Root of every error that is shown to a person as it stands."""


class InputError(JushiError):
    """A file, a question or an option that cannot be used as given."""


class UnreadableFile(InputError):
    """The file is missing, empty, damaged, protected or of another kind than expected."""


class UnknownPeriod(InputError):
    """The period is not one this program understands."""


class SettingsError(JushiError):
    """A setting is missing or wrong."""


class WorkspaceError(JushiError):
    """The workspace folder or its database cannot be used."""


class RegistryError(JushiError):
    """The indicator dictionary is not valid."""


class PromptError(JushiError):
    """A prompt file and what is filled into it do not fit."""


class ModelError(JushiError):
    """The language model could not be used."""


class ModelUnreachable(ModelError):
    """No answer from the endpoint: wrong address, no network, or it stalled."""


class ModelRefused(ModelError):
    """The endpoint answered, and said no: key, quota, model name, length."""


class ContextExceeded(ModelRefused):
    """What the model was given is longer than it can take."""


class ModelNonsense(ModelError):
    """The endpoint answered with something that is not a completion."""


class Cancelled(JushiError):
    """A person stopped the work."""


@dataclass(frozen=True, slots=True)
class Other:
    """What somebody else saved in the meantime, beside what was to be saved."""

    key: str  # of the section; empty for title and signature
    heading: str
    number: int  # of the other's revision
    author: str
    saved_at: datetime
    text: str
    mine: str


class Conflict(JushiError):
    """Somebody else changed the same thing in the meantime; `others` says who, when and to what."""

    def __init__(self, message: str, others: tuple[Other, ...] = ()) -> None:
        super().__init__(message)
        self.others = others


class Forbidden(JushiError):
    """Who asks may not do it."""


class LoginRefused(Forbidden):
    """The name and password were not accepted, or it is too soon to try again."""


class SignedOff(JushiError):
    """The report is signed off and cannot change."""
