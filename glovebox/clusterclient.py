"""Finds a Dask scheduler for :mod:`glovebox.cluster`, or says in a sentence that there is none."""

from __future__ import annotations

import asyncio
import logging
import struct
import threading
import warnings
from concurrent.futures import Future, wait
from typing import Any
from urllib.parse import urlsplit

import dask
import distributed

from glovebox.batch import NoWorkers

_SILENCE = 5.0
"""Seconds after which is said what is waited for."""
_OTHER = "what answers is none"
_log = logging.getLogger(__name__)


def connect(address: str, patience: float, again: float) -> distributed.Client:
    """A client of the scheduler at an address such as ``tcp://10.0.0.1:8786``.

    Args:
        address: of any kind that Dask knows.
        patience: seconds in which the scheduler must answer; it may be about to start.
        again: seconds in which it must be back, whenever it goes.

    Raises:
        NoWorkers: no scheduler answers there.
    """
    _quieten_dask()
    knocked: Future[None] = Future()
    # In a thread of its own, as the caller's may have a loop that runs; and in one that is not
    # waited for, as the caller may be interrupted.
    threading.Thread(target=_run_knock, args=(knocked, address, patience), daemon=True).start()
    if not wait([knocked], _SILENCE).done and patience > _SILENCE:
        _log.warning("%s does not answer yet; waiting %.0f seconds at most.", address, patience)
    try:
        knocked.result()
        with warnings.catch_warnings():
            # About versions, of which ours is the exacter comparison.
            warnings.simplefilter("ignore")
            return distributed.Client(address, timeout=again, set_as_default=False)
    except Exception as error:  # of any kind, by what is wrong: address, network, certificate
        raise NoWorkers(
            f"{address}: no Dask scheduler answers there ({_reason(error)}). Start one with "
            "`dask scheduler`, which prints its address."
        ) from None


def _run_knock(knocked: Future[None], address: str, patience: float) -> None:
    try:
        knocked.set_result(asyncio.run(_knock(address, patience)))
    except BaseException as error:  # to be raised where it is waited for
        knocked.set_exception(error)


def _reason(error: BaseException) -> str:
    """The innermost words: Dask tells of its own attempts around them."""
    said = "nothing came back"
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, MemoryError | struct.error):  # it took other words for its own
            return _OTHER
        said = str(cause) or said
        cause = cause.__cause__
    return said


async def _knock(address: str, patience: float) -> None:
    """Make sure that a scheduler could be spoken with there, before Dask tries.

    With an address that it cannot read, or a worker's, Dask leaves a client that cannot be ended,
    and with something else that listens there it waits for ever.
    """
    # A port that there cannot be is tried until patience ends, else.
    _ = urlsplit(address).port
    arguments = distributed.Security().get_connection_args("client")
    # Later than Dask itself gives up where it does, for it can say why.
    async with asyncio.timeout(patience + 1):
        reach: Any = distributed.comm.core.connect
        comm = await reach(address, timeout=patience, **arguments)
        try:
            said: Any = await distributed.core.send_recv(comm, op="identity")
        finally:
            comm.abort()
    if not (isinstance(said, dict) and "workers" in said):
        kind = said.get("type", "") if isinstance(said, dict) else ""
        raise ConnectionError(f"it is the address of a Dask {kind.lower()}" if kind else _OTHER)


def _quieten_dask() -> None:
    """Leave it to whoever calls to say what is wrong; Dask prints pages."""
    for name in list(logging.root.manager.loggerDict):
        if name.partition(".")[0] == "distributed" or name == "tornado.application":
            logging.getLogger(name).setLevel(logging.CRITICAL)
    # Assignments may be large, and travel once.
    dask.config.set({"distributed.admin.large-graph-warning-threshold": "1 GiB"})
