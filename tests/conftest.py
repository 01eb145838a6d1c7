"""Says at once which test failed, and how: a run that is cut off never gets to its summary."""

from __future__ import annotations

import signal

import pytest
from hypothesis import settings

# A busy machine is nobody's mistake.
settings.register_profile("patient", deadline=None)
settings.load_profile("patient")


# A shell's background job ignores Ctrl-C, and so would every command that a test interrupts.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)


class FailuresAtOnce:
    """Prints the end of each failure as soon as it is known."""

    def __init__(self, terminal: pytest.TerminalReporter) -> None:
        self._terminal = terminal

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.failed:
            last = report.longreprtext.strip().splitlines()[-12:]
            self._terminal.write_line(f"\nFAILED while {report.when}: {report.nodeid}", red=True)
            self._terminal.write_line("\n".join(last))


@pytest.hookimpl(trylast=True)  # the terminal's reporter is made in the same hook
def pytest_configure(config: pytest.Config) -> None:
    # Only the long runs are in several processes; of these, it is the main one that prints.
    if config.getoption("numprocesses", None):
        config.pluginmanager.register(
            FailuresAtOnce(config.pluginmanager.get_plugin("terminalreporter"))
        )
