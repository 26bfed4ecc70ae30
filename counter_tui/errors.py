"""The one tree of errors that this program raises on purpose; it imports nothing.

    CounterError                what happened, as a code with parameters; the screen puts it in words
    ├── DocumentError           a travel document cannot be read or composed
    ├── DecisionError           a verdict is not taken, and why
    ├── SignInError             a person is not let in, and until when
    ├── StoreError              the vault or a key is missing, locked, damaged, newer, full
    ├── LinkError               the single window was not reached, or answered what is not understood
    ├── AgencyError             an agency's system was not reached, or answered what is not understood
    ├── ListError               a list of names cannot be used: unreadable, unsigned, older, for another post
    └── ConfigError             a file under config/ is missing or wrong

A code names its room first (`store.wrong-key`); every code has a text, with the next step, in each catalogue.
Parameters never hold a PIN, a key, or a traveller's data.
"""


class CounterError(Exception):
    """Something went wrong that a person can be told about: `code`, and `params` of str or int for its text."""

    def __init__(self, code: str, **params: str | int) -> None:
        super().__init__(code)
        self.code = code
        self.params = params

    def __str__(self) -> str:
        given = ", ".join(f"{name}={value}" for name, value in self.params.items())
        return f"{self.code}({given})" if given else self.code


class DocumentError(CounterError):
    """A travel document cannot be read or composed."""


class DecisionError(CounterError):
    """A verdict is not taken."""


class SignInError(CounterError):
    """A person is not let in."""


class StoreError(CounterError):
    """The vault, the journal or a key cannot be used."""


class LinkError(CounterError):
    """The single window was not reached, or its answer is not understood."""


class AgencyError(CounterError):
    """An agency's system was not reached, or its answer is not understood."""


class ListError(CounterError):
    """A list of names, or a change to one, cannot be used."""


class ConfigError(CounterError):
    """A file under config/ is missing or wrong."""
