"""Who is there, of a scheduler and its workers, and what hinders grading on them."""

from __future__ import annotations

import logging
import time
from typing import Any

import distributed

_SILENT = "silent"
"""The state of a worker that its scheduler has not heard of lately, beside Dask's own states."""
_SILENCE = 30.0
"""Seconds after which a worker is silent: Dask's send word several times in that."""
_log = logging.getLogger(__name__)


class Lookout:
    """Who is there, asked of the scheduler; what is waited for is said when it changes.

    Args:
        client: connected to the scheduler.
        address: the scheduler's, for what is said.
    """

    def __init__(self, client: distributed.Client, address: str) -> None:
        self._client, self._address = client, address
        self._trouble = ""
        self._heard: dict[str, tuple[float, float]] = {}
        """When the scheduler heard of each worker, by its clock, and since when we know that."""

    def ask(self, within: float) -> dict[str, str] | None:
        """The workers by address, and what state each is in; None if the scheduler does not say.

        Args:
            within: seconds in which it must answer.
        """
        if self._client.status != "running":
            return None
        scheduler: Any = self._client.scheduler
        try:
            told = self._client.sync(scheduler.identity, callback_timeout=within)
        except Exception:  # of many kinds; Dask is about to find out, and connects again
            return None
        now = time.monotonic()
        states, before = {}, self._heard
        self._heard = {}
        for address, worker in told["workers"].items():
            heard = worker["last_seen"]
            known = before.get(address)
            since = known[1] if known and known[0] == heard else now
            self._heard[address] = heard, since
            states[address] = _SILENT if now - since > _SILENCE else worker["status"]
        return states

    def tell(self, trouble: str) -> None:
        """Say what is waited for, or that it is waited for no longer, where that has changed."""
        if trouble != self._trouble:
            _log.warning("%s %s.", self._address, trouble or "goes on")
        self._trouble = trouble


def trouble_of(states: dict[str, str] | None, idle: bool = False) -> str:
    """What hinders grading; empty if nothing does.

    Args:
        states: as :meth:`Lookout.ask` returns them.
        idle: whether there is work that no worker has begun, for some time now.
    """
    if states is None:
        return "does not answer; waiting for it"
    if not states:
        return "has no workers; waiting for some to come. Why any has ended is in its own log"
    if set(states.values()) == {"paused"}:
        return "has only workers that pause, as they are short of memory; waiting for them"
    if silent := [address for address, state in states.items() if state == _SILENT]:
        return (
            f"has not heard of {', '.join(sorted(silent))} for half a minute; what was given there "
            "is waited for until Dask gives it to another worker, after five minutes or so"
        )
    if idle:
        return "has workers that are busy with something else, or just starting; waiting for them"
    return ""
