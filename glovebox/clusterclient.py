"""Finds a Dask scheduler for :mod:`glovebox.cluster`, or says in a sentence that there is none."""

from __future__ import annotations

import asyncio
import logging
import warnings
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import dask
import distributed

from glovebox.batch import NoWorkers


def connect(address: str, patience: float) -> distributed.Client:
    """A client of the scheduler at an address such as ``tcp://10.0.0.1:8786``.

    Args:
        address: of any kind that Dask knows.
        patience: seconds in which the scheduler must answer.

    Raises:
        NoWorkers: no scheduler answers there.
    """
    _quieten_dask()
    try:
        # In a thread of its own, as the caller's may have a loop that runs.
        with ThreadPoolExecutor(1) as apart:
            apart.submit(asyncio.run, _knock(address, patience)).result()
        with warnings.catch_warnings():
            # About versions, of which ours is the exacter comparison.
            warnings.simplefilter("ignore")
            return distributed.Client(address, timeout=patience, set_as_default=False)
    except Exception as error:  # of any kind, by what is wrong: address, network, certificate
        reason = str(error) or "nothing came back"
        raise NoWorkers(
            f"{address}: no Dask scheduler answers there ({reason}). Start one with "
            "`dask scheduler`, which prints its address."
        ) from None


async def _knock(address: str, patience: float) -> None:
    """Make sure that a scheduler could be spoken with there, before Dask tries.

    With an address that it cannot read Dask leaves a client that cannot be ended, and with
    something else that listens there it waits for ever.
    """
    arguments = distributed.Security().get_connection_args("client")
    async with asyncio.timeout(patience):
        reach: Any = distributed.comm.core.connect
        comm = await reach(address, timeout=patience, **arguments)
        await comm.close()


def _quieten_dask() -> None:
    """Leave it to whoever calls to say what is wrong; Dask prints pages."""
    for name in list(logging.root.manager.loggerDict):
        if name.partition(".")[0] == "distributed" or name == "tornado.application":
            logging.getLogger(name).setLevel(logging.CRITICAL)
    # Assignments may be large, and travel once.
    dask.config.set({"distributed.admin.large-graph-warning-threshold": "1 GiB"})
