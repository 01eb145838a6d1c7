"""The gloves: how a hidden check reaches into the student's process and what it gets back.

``student.build_embedding_matrix(...)`` calls the student's function of that name. Arguments and
results cross as plain values rebuilt from bytes; anything else stays inside and is held by a
:class:`Handle`. No object of the student's ever exists on this side.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from glovebox import wire
from glovebox.failures import CallFailure, Doubtful, Failure, StudentError, shorten
from glovebox.missing import Missing
from glovebox.run import KernelGone, NotebookRun, OutOfTime
from glovebox.session import CallTimeout, KernelDied
from glovebox.verdict import Oddity
from glovebox.wire import Ref, WireError

if TYPE_CHECKING:
    from glovebox.attest import AttestedModel

_MAX_FILE = 64 << 20
_OWN = ("files", "scratch_path", "read_file", "seed")
"""Requests that call nothing of the student's."""
_SHORT_ARGUMENT = 120
_LONG_TEXT = 2_000
"""Characters of a text that the student's process chose and a student reads."""


class Handle:
    """An object that stays in the student's process."""

    def __init__(self, student: Student, ref: Ref, started: int) -> None:
        self._student, self._ref, self._started = student, ref, started

    @property
    def type_name(self) -> str:
        """The name of the object's type, as the student's process states it."""
        return self._ref.type_name

    def attr(self, name: str) -> Any:
        """The value of an attribute, or a handle on it.

        Raises:
            CallFailure: there is no such attribute.
        """
        return self._student._ask(f"{self.type_name}.{name}", "attribute", self, name)

    def __getattr__(self, name: str) -> Callable[..., Any]:
        if name.startswith("_"):
            raise AttributeError(name)

        def method(*arguments: Any, **keywords: Any) -> Any:
            title = f"{self.type_name}.{name}"
            return self._student._ask(title, "method", self, name, list(arguments), keywords)

        return method

    def __repr__(self) -> str:
        return f"<{self.type_name} inside>"


class Student:
    """The ``student`` fixture: the namespace of one running notebook, at arm's length."""

    def __init__(self, run: NotebookRun) -> None:
        self._run = run
        self._limit = run.limits.call
        self._missing = Missing(run)
        self._lost: dict[str, str] = {}

    def __getattr__(self, name: str) -> Callable[..., Any]:
        if name.startswith("_"):
            raise AttributeError(name)

        def function(*arguments: Any, **keywords: Any) -> Any:
            return self._ask(name, "call", name, list(arguments), keywords)

        return function

    def call_and_return_arguments(
        self, name: str, *arguments: Any, **keywords: Any
    ) -> tuple[Any, list[Any]]:
        """Call a function, and fetch with its result what became of its arguments.

        They cross by copy, so this is the way to see whether a function changed what it was given.
        """
        what = (name, list(arguments), keywords)
        reply = self._ask(name, "call_and_return_arguments", *what)
        if not isinstance(reply, list) or len(reply) != 2 or not isinstance(reply[1], list):
            raise Doubtful(f"`{name}` answered with something else than its arguments")
        return reply[0], reply[1]

    def get(self, name: str) -> Any:
        """The value of one of the notebook's variables, or a handle on it.

        Raises:
            CallFailure: the notebook has no such variable.
        """
        return self._ask(name, "get", name)

    @contextlib.contextmanager
    def time_limit(self, seconds: float) -> Iterator[None]:
        """Allow each call within the block that many seconds."""
        before, self._limit = self._limit, seconds
        try:
            yield
        finally:
            self._limit = before

    def files(self, files: Mapping[str, bytes]) -> str:
        """Write files (by relative name) into a fresh folder inside and return its path there."""
        return str(self._ask("files", "files", dict(files)))

    def scratch_path(self, name: str) -> str:
        """A path inside, in a fresh folder, for the student's code to write to."""
        return str(self._ask("scratch_path", "scratch_path", name))

    def read_file(self, path: str, max_bytes: int = _MAX_FILE) -> bytes:
        """The content of a plain file inside; links are not followed.

        Raises:
            Failure: no such file, not a plain file, or larger than ``max_bytes``.
        """
        content = self._ask("read_file", "read_file", path, max_bytes)
        if content is None:
            raise Failure("there is no file at the path that was given.")
        if not isinstance(content, bytes) or len(content) > max_bytes:
            raise Doubtful(f"reading {path} gave something that is not its content")
        return content

    def seed(self, seed: int) -> None:
        """Seed the random generators of Python, NumPy and (if imported) Keras inside."""
        self._ask("seed", "seed", seed)

    def attest(self, model: Any) -> AttestedModel:
        """Rebuild a Keras model outside and verify that it is the one inside.

        Raises:
            CallFailure: not a Keras model of stock layers.
            Doubtful: the model inside and its description disagree.
        """
        # TensorFlow takes seconds to import; only checks of models pay for it.
        from glovebox.attest import attest

        if not isinstance(model, Handle):
            raise CallFailure(f"a Keras model was expected, but a {type(model).__name__} came.")
        description = self._ask(model.type_name, "describe_model", model)
        return attest(description, lambda inputs: self._ask("model", "predict", model, inputs))

    def _ask(self, title: str, operation: str, *arguments: Any) -> Any:
        """One request and its reply; ``title`` is what a message calls it."""
        self._refuse_lost(title)
        message = wire.encode((operation, *arguments), self._send_handle)
        reply, oddity = self._exchange(title, message, own=operation in _OWN)
        # Raised here and not in an except clause: Hypothesis tells failures apart by their line and
        # context, and would call one time-out met twice flaky.
        if oddity is not None:
            self._run.oddities.append(oddity)
            self._lost[title] = oddity.message
        self._refuse_lost(title)
        return self._unwrap(title, reply, arguments if operation.startswith("call") else ())

    def _exchange(self, title: str, message: list[bytes], own: bool) -> tuple[Any, Oddity | None]:
        """The reply, or why there is none and this function must not be called again."""
        name, called = ("a check's preparation", "done") if own else (f"`{title}`", "called")
        try:
            reply = self._run.ask(message, self._limit, partial(self._decode, title))
        except CallTimeout:
            kind, sentence = "call-timeout", f"{name} took longer than {self._limit:g} seconds."
        except KernelDied as death:
            kind, sentence = "kernel-died", f"the kernel died in {name}: {death.reason}."
        except (OutOfTime, KernelGone) as stop:
            kind, sentence = "not-called", f"{name} could not be {called}: {stop}"
        else:
            return reply, None
        return None, Oddity(kind, sentence, review=True, cell=self._run.grade_cell())

    def _decode(self, title: str, reply: list[bytes]) -> Any:
        try:
            return wire.decode(reply, self._hold)
        except WireError as error:
            raise Doubtful(f"`{title}` answered with something that is no value: {error}") from None

    def _unwrap(self, title: str, reply: Any, called_with: tuple[Any, ...]) -> Any:
        match reply:
            case ("value", value):
                return value
            case ("missing", str(name)):
                # What the student's process says is compared, and not looked for.
                end = self._missing.why(title) if name == title else ""
                reason = f": {end}" if end else ""
                raise CallFailure(f"`{name[:_LONG_TEXT]}` is not defined{reason}.")
            case ("refused", str(reason)):
                raise CallFailure(f"`{title}`: {reason[:_LONG_TEXT]}.")
            case ("raised", str(error), str(text), str(where)):
                error, text, where = error[:200], text[:_LONG_TEXT], where[:_LONG_TEXT]
                raise StudentError(title, error, text, where, _call_text(*called_with))
        raise Doubtful(f"`{title}` answered out of turn")

    def _refuse_lost(self, title: str) -> None:
        """A function that hung or killed the kernel is given up: again would cost the same."""
        if title in self._lost:
            raise CallFailure(self._lost[title])

    def _send_handle(self, thing: Any) -> Ref:
        if not isinstance(thing, Handle):
            raise WireError(f"a value of type {type(thing).__name__} cannot be sent")
        if thing._started != self._run.started:
            raise CallFailure(f"the {thing.type_name} was lost when the kernel died.")
        return thing._ref

    def _hold(self, ref: Ref) -> Handle:
        return Handle(self, ref, self._run.started)


def _call_text(
    name: str = "", arguments: Sequence[Any] = (), keywords: Mapping[str, Any] | None = None
) -> str:
    """A call as one would type it, each argument shortened."""
    if not name:
        return ""
    words = [shorten(argument, _SHORT_ARGUMENT) for argument in arguments]
    words += [f"{key}={shorten(value, _SHORT_ARGUMENT)}" for key, value in (keywords or {}).items()]
    return f"{name}({', '.join(words)})"
