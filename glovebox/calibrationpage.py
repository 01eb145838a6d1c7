"""Shows a calibration: the rule, and a table and a picture of what it was derived from."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from statistics import fmean, stdev

from glovebox.calibration import Calibration
from glovebox.separation import (
    CONFIDENCE,
    FALSE_FAIL,
    FALSE_PASS,
    false_fail,
    false_pass,
    observed,
)

TOPIC = "calibration"
_HEADER = (
    "kind of network",
    "runs",
    "mean",
    "sd",
    "range",
    "below the threshold",
    "chance of the wrong mark",
)


def lines(calibration: Calibration) -> Iterator[str]:
    """The calibration as Markdown: the rule, what it does to each kind of network, and how sure."""
    rule = calibration.rule
    yield (
        f"All points from an accuracy of {rule.threshold:.0%} on, none up to {rule.floor:.0%}, in "
        f"between in proportion; the best of {rule.tries} draws counts."
    )
    yield ""
    yield f"| {' | '.join(_HEADER)} |"
    yield f"| --- |{' --: |' * (len(_HEADER) - 1)}"
    for kind, values in calibration.accuracies.items():
        yield f"| {' | '.join(_row(calibration, kind, values))} |"
    yield ""
    yield (
        f"The chance of the wrong mark is that a right network gets less than all points (asked "
        f"for: less than {FALSE_FAIL:g}), or that a wrong one gets any (less than {FALSE_PASS:g}): "
        f"the estimate, then the upper end of its {CONFIDENCE:.0%} confidence interval. What was "
        "seen below the threshold stands with its exact interval."
    )
    yield ""
    found = ", ".join(f"{name} {value}" for name, value in calibration.made_with.items())
    yield f"Made with: {found}."


def _row(calibration: Calibration, kind: str, values: tuple[float, ...]) -> Iterator[str]:
    rule, runs = calibration.rule, len(values)
    under = sum(value < rule.threshold for value in values)
    low, high = observed(under, runs)
    right = kind == calibration.right
    error = false_fail(rule, values) if right else false_pass(rule.floor, rule.tries, values)
    yield kind
    yield str(runs)
    yield f"{fmean(values):.3f}"
    yield f"{stdev(values):.3f}"
    yield f"{min(values):.3f}–{max(values):.3f}"
    yield f"{under} of {runs} ({low:.1%}–{high:.1%})"
    yield f"{error.estimate:.1e}, {error.highest:.1e}"


def draw(calibration: Calibration, path: Path) -> None:
    """Write a picture of both distributions, with floor and threshold, as a PNG file.

    Raises:
        OSError: it cannot be written.
    """
    from matplotlib.figure import Figure

    rule = calibration.rule
    figure = Figure(figsize=(9, 3.6), layout="constrained")
    axes = figure.subplots()
    every = [value for values in calibration.accuracies.values() for value in values]
    bins = [edge / 200 for edge in range(int(min(every) * 200) - 1, int(max(every) * 200) + 3)]
    right = list(calibration.accuracies[calibration.right])
    wrong = [
        value
        for kind, values in calibration.accuracies.items()
        for value in values
        if kind != calibration.right
    ]
    axes.hist(wrong, bins, color="#e76f51", label=f"wrong networks ({len(wrong)} runs)")
    axes.hist(right, bins, color="#2a9d8f", label=f"right networks ({len(right)} runs)")
    axes.axvspan(rule.floor, rule.threshold, color="#8d99ae", alpha=0.2, label="part of the points")
    for level, text, side in (
        (rule.floor, f"no points \nup to {rule.floor:.0%} ", "right"),
        (rule.threshold, f" all points\n from {rule.threshold:.0%}", "left"),
    ):
        axes.axvline(level, color="#8d99ae")
        axes.text(level, 0.97, text, transform=axes.get_xaxis_transform(), va="top", ha=side)
    axes.set(xlabel="accuracy on reviews that no network has seen", ylabel="runs")
    axes.spines[["top", "right"]].set_visible(False)
    middle = (rule.floor + rule.threshold) / 2
    axes.legend(
        frameon=False,
        loc="center",
        bbox_to_anchor=(middle, 0.45),
        bbox_transform=axes.get_xaxis_transform(),
    )
    figure.savefig(path, dpi=120)
