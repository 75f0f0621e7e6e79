"""How far a run has come: a line on a terminal, a bar in a notebook."""

from __future__ import annotations

import sys
import time
from typing import Any, Protocol


class Progress(Protocol):
    """What hears of a run. ``Scenario.run(progress=...)`` takes an object with these methods."""

    def begin(self, analysis: int | None, cells: int) -> None:
        """Cells are about to be simulated: the scenario's own, or those of its analysis of this number."""

    def extend(self, cells: int) -> None:
        """There are more cells than was said: so many."""

    def update(self, cells: int, periods: int) -> None:
        """So many cells, and so many periods of all cells together, are done."""

    def end(self) -> None:
        """All cells of this stage are done."""

    def note(self, text: str) -> None:
        """Something was found, in a sentence."""


class Line:
    """A text that is written over itself."""

    def __init__(self, name: str, periods: int) -> None:
        self.name = name
        self.periods = periods
        self.cells = 0
        self.start = 0.0

    def begin(self, analysis: int | None, cells: int) -> None:
        self.cells = cells
        self.start = time.monotonic()

    def extend(self, cells: int) -> None:
        self.cells = cells

    def update(self, cells: int, periods: int) -> None:
        total = max(1, self.cells * self.periods)
        took = time.monotonic() - self.start
        rate = periods / took if took > 0 else 0.0
        self.show(f"{self.name}: {cells}/{self.cells} cells, {rate:.0f} periods/s", periods / total)

    def end(self) -> None:
        self.show("", 1.0)

    def note(self, text: str) -> None:
        pass

    def show(self, text: str, part: float) -> None:
        """Shows a text and how much of the stage is done, 0 to 1; an empty text takes it away."""
        shown = f"{text}, {100 * min(part, 1.0):.0f} %" if text else ""
        sys.stderr.write(f"\r\x1b[2K{shown}")
        sys.stderr.flush()


class Bar(Line):
    """The same as a bar of a notebook, which goes when the stage is over."""

    def __init__(self, name: str, periods: int) -> None:
        super().__init__(name, periods)
        from IPython.display import DisplayHandle

        self.handle: Any = DisplayHandle()  # type: ignore[no-untyped-call]
        self.is_there = False

    def show(self, text: str, part: float) -> None:
        from IPython.display import HTML

        bar = f'<progress value="{min(part, 1.0):.3f}" max="1"></progress> {text}' if text else ""
        page = HTML(bar)  # type: ignore[no-untyped-call]
        if self.is_there:
            self.handle.update(page)
        else:
            self.handle.display(page)
            self.is_there = True


def in_notebook() -> bool:
    """Whether a notebook's kernel runs this."""
    ipython = sys.modules.get("IPython")
    shell = ipython.get_ipython() if ipython else None
    return shell is not None and hasattr(shell, "kernel")


def display(progress: bool | Progress | None, name: str, *, periods: int) -> Progress | None:
    """What shows the progress of a run: what was given, or what suits the place unless False was."""
    if progress is False:
        return None
    if progress is not None and progress is not True:
        return progress
    if in_notebook():
        return Bar(name, periods)
    if sys.stderr.isatty():
        return Line(name, periods)
    return None
