"""Runs: the bytes of the command line, tables for every reader, charts, reports, interruption."""

from __future__ import annotations

import csv
import io
import os
import signal
import subprocess
import threading
import time
from collections.abc import Callable
from pathlib import Path

import duckdb
import pandas
import polars
import pyarrow
import pytest

import flywheel as fw

from .conftest import COACH


def files(folder: Path) -> dict[str, bytes]:
    """All files of a run but its manifest, which has times."""
    found = (path for path in folder.rglob("*") if path.is_file() and not path.name.startswith("."))
    return {str(path.relative_to(folder)): path.read_bytes() for path in found if path.name != "manifest.json"}


def test_a_run_has_the_bytes_of_the_command_line(program: Path, tmp_path: Path) -> None:
    source = tmp_path / "coach.toml"
    source.write_text(COACH + '\n[[analyses]]\nkind = "sources"\nfirm = "coach"\n')
    options = ["--quiet", "--set", "firms.coach.price=0.35", "--replicates", "2", "--format", "csv,parquet"]
    subprocess.run([program, "run", source, "-o", tmp_path / "program", *options], check=True)
    scenario = fw.Scenario(source).set({"firms.coach.price": 0.35})
    scenario.run(2, output=tmp_path / "python", formats=["csv", "parquet"], threads=1, progress=False)
    ours, theirs = files(tmp_path / "python" / "coach"), files(tmp_path / "program" / "coach")
    assert "charts/share.png" in theirs and "sources.parquet" in theirs
    assert sorted(ours) == sorted(theirs)
    differing = [name for name, content in theirs.items() if ours[name] != content]
    assert differing == []


def test_every_reader_of_arrow_reads_a_table(run: fw.Run) -> None:
    text = (run.folder / "firms.csv").read_text()
    rows = list(csv.DictReader(io.StringIO(text)))
    shares = [float(row["share"]) if row["share"] else None for row in rows]
    assert len(rows) == len(run.firms) == 3 * 40 * 2
    assert run.firms["share"] == shares
    assert run.firms["firm"] == [row["firm"] for row in rows]
    assert run.firms["active"] == [row["active"] == "true" for row in rows]
    # before the coach enters, it has no price: null for every reader
    missing = sum(row["price"] == "" for row in rows)
    assert missing == 3 * 5
    arrow = pyarrow.table(run.firms)
    arrow.validate(full=True)
    assert arrow["share"].to_pylist() == shares
    assert arrow["price"].null_count == missing
    assert arrow["firm"].to_pylist() == run.firms["firm"]
    frame = polars.DataFrame(run.firms)
    assert frame["share"].to_list() == shares and frame["price"].null_count() == missing
    assert frame["firm"].cast(polars.String).to_list() == run.firms["firm"]
    table = pandas.DataFrame.from_arrow(run.firms)
    assert table["period"].tolist() == run.firms["period"] and table["price"].isna().sum() == missing
    assert table.groupby("firm", observed=True)["share"].mean().index.tolist() == ["shop", "coach"]
    firms = run.firms
    found = duckdb.sql("select count(*), count(price), sum(transactions) from firms")
    assert found is not None and found.fetchall() == [(len(rows), len(rows) - missing, sum(firms["transactions"]))]


def test_values_are_not_copied(run: fw.Run) -> None:
    def address() -> int:
        buffers = pyarrow.table(run.firms)["share"].chunk(0).buffers()
        return int(buffers[1].address)

    assert address() == address(), "both lead to the same numbers"


def test_arrays_outlive_their_table(scenario: fw.Scenario) -> None:
    def column() -> pyarrow.ChunkedArray:
        return pyarrow.table(scenario.run(1, progress=False).firms)["firm"]

    kept = [column() for _ in range(3)]
    assert all(set(one.to_pylist()) == {"shop", "coach"} for one in kept)


def test_every_table_reads(scenario: fw.Scenario) -> None:
    asked = scenario.add("analyses", kind="sources", firm="coach")
    run = asked.run(2, progress=False)
    assert {"summary", "firms", "market", "periods", "sources", "sources_summary"} <= set(run.tables)
    for name in run.tables:
        table = run[name]
        pyarrow.table(table).validate(full=True)
        assert set(table.descriptions) == set(table.column_names)
        assert table.name == name and f"the table {name}" in table._repr_html_()
    assert any("coach" in sentence for sentence in run.findings)
    with pytest.raises(KeyError, match='no table "firm"'):
        run["firm"]
    with pytest.raises(KeyError, match='no column "shares"'):
        run.firms["shares"]


def test_a_sweep_says_which_point_a_row_is_of(scenario: fw.Scenario) -> None:
    run = fw.sweep(scenario, {"firms.coach.price": [0.2, 0.4], "firms.shop.learning.individual": [True, False]}, replicates=2)
    assert run.points.to_dict() == {
        "point": [0, 1, 2, 3],
        "firms.coach.price": [0.2, 0.2, 0.4, 0.4],
        "firms.shop.learning.individual": [True, False, True, False],
    }
    assert set(run.firms["point"]) == {0, 1, 2, 3}
    assert run.charts and run.chart(run.charts[0]).svg.startswith("<svg")
    alone = scenario.set({"firms.coach.price": 0.4}).run(2, progress=False)
    shares = [share for share, point in zip(run.firms["share"], run.firms["point"], strict=True) if point == 2]
    assert shares == alone.firms["share"]


def test_charts_and_report(run: fw.Run, tmp_path: Path) -> None:
    assert "share" in run.charts
    chart = run.chart("share")
    assert chart._repr_svg_() == chart.svg and "Market share" in chart.svg
    assert chart.data.splitlines()[0] == "panel,series,period,mean,low,high"
    chart.save(tmp_path / "share.png")
    assert (tmp_path / "share.png").read_bytes() == chart.png()
    slide = run.chart("share", theme="slide", language="nl", width=900)
    assert slide.svg != chart.svg and "Market share" not in slide.svg
    assert run.chart("fates").name == "fates", "a kind that the run does not draw by itself"
    with pytest.raises(KeyError, match='no chart "shares"'):
        run.chart("shares")
    with pytest.raises(fw.ScenarioError, match="theme"):
        run.chart("share", theme="slides")
    with pytest.raises(ValueError, match=".svg or .png"):
        chart.save(tmp_path / "share.pdf")
    page = run.report(tmp_path / "report.html")
    assert (tmp_path / "report.html").read_text() == page and page.startswith("<!DOCTYPE html>")
    assert page == (run.folder / "report.html").read_text()
    assert chart.svg in run._repr_html_()


def test_a_finished_run_is_loaded(run: fw.Run, scenario: fw.Scenario, tmp_path: Path) -> None:
    scenario.run(output=tmp_path, charts=[], progress=False)
    loaded = fw.load(tmp_path / "coach")
    assert loaded.firms.to_dict() == run.firms.to_dict()
    assert loaded.scenario == run.scenario == scenario
    assert loaded.manifest["seed"] == 1 and loaded.manifest["status"] == "complete"
    with pytest.raises(fw.RunError, match="not the folder of a finished run"):
        fw.load(tmp_path)


def test_a_run_without_output_leaves_nothing(scenario: fw.Scenario) -> None:
    run = scenario.run(1, progress=False)
    folder = run.folder
    assert folder.is_dir()
    del run
    assert not folder.exists()


def test_runs_are_compared_replicate_by_replicate(run: fw.Run, scenario: fw.Scenario) -> None:
    dearer = scenario.set({"firms.coach.price": 0.4}).run(progress=False)
    table = fw.compare(run, dearer)
    rows = zip(table["firm"], table["quantity"], strict=True)
    assert ("coach", "share") in set(rows)
    with pytest.raises(fw.RunError, match="seeds are 1 and 2"):
        fw.compare(run, scenario.run(1, seed=2, progress=False))


class Heard:
    """Hears of a run."""

    def __init__(self) -> None:
        self.stages: list[tuple[int | None, int]] = []
        self.notes: list[str] = []
        self.last = 0

    def begin(self, analysis: int | None, cells: int) -> None:
        self.stages.append((analysis, cells))

    def extend(self, cells: int) -> None:
        pass

    def update(self, cells: int, periods: int) -> None:
        self.last = periods

    def end(self) -> None:
        pass

    def note(self, text: str) -> None:
        self.notes.append(text)


def test_progress_is_heard(scenario: fw.Scenario) -> None:
    heard = Heard()
    asked = scenario.add("analyses", kind="sources", firm="coach")
    run = asked.run(2, progress=heard)
    assert heard.stages[0] == (None, 2) and heard.stages[1][0] == 1
    assert heard.notes == run.findings


class Interrupts(Heard):
    """Interrupts a run as soon as a cell is finished."""

    def update(self, cells: int, periods: int) -> None:
        if cells > 0:
            raise KeyboardInterrupt


def test_an_interrupted_run_goes_on_later_and_leaves_what_was_there(scenario: fw.Scenario, tmp_path: Path) -> None:
    before = scenario.run(1, output=tmp_path / "again", progress=False)
    was_there, kept = files(before.folder), before.folder / ".cells"
    size = kept.stat().st_size
    with pytest.raises(KeyboardInterrupt):
        scenario.set({"simulation.seed": 7}).run(10_000, output=tmp_path / "again", progress=Interrupts())
    assert files(before.folder) == was_there, "tables and charts are those of the finished run"
    assert kept.stat().st_size > size, "and what the other finished is kept"
    again = scenario.run(4, seed=7, output=tmp_path / "again", progress=False)
    whole = scenario.run(4, seed=7, output=tmp_path / "whole", progress=False)
    assert files(again.folder) == files(whole.folder)


def interrupted(work: Callable[[], object]) -> None:
    """Sends a Ctrl-C in the midst of work, which must raise its exception."""
    sender = threading.Timer(0.5, os.kill, (os.getpid(), signal.SIGINT))
    sender.start()
    with pytest.raises(KeyboardInterrupt):
        work()
    sender.join()


@pytest.mark.skipif(os.name == "nt", reason="signals are others on Windows")
def test_ctrl_c_stops_what_would_take_long(scenario: fw.Scenario) -> None:
    long = scenario.set({"simulation.periods": 100_000})
    start = time.monotonic()
    interrupted(lambda: long.run(5_000, progress=False))
    assert time.monotonic() - start < 60, "all of it takes an hour"
    market = fw.Market(scenario.set({"simulation.periods": 100_000, "populations.households.customers": 100_000}))
    interrupted(lambda: market.step(100_000))
    assert 0 < market.period < 100_000, "and the market can go on"
    before = market.period
    market.step()
    assert market.period == before + 1


def test_other_threads_run_meanwhile(scenario: fw.Scenario) -> None:
    counted = 0
    over = threading.Event()

    def count() -> None:
        nonlocal counted
        while not over.is_set():
            counted += 1
            time.sleep(0.001)

    counter = threading.Thread(target=count)
    counter.start()
    start = time.monotonic()
    scenario.set({"simulation.periods": 400}).run(4, progress=False)
    took = time.monotonic() - start
    over.set()
    counter.join()
    assert counted > 20 * took, "the interpreter was free during the run"


def test_wrong_options_are_told(scenario: fw.Scenario) -> None:
    with pytest.raises(ValueError, match="csv, excel or parquet"):
        scenario.run(1, formats=["xlsx"])
    with pytest.raises(ValueError, match="svg or png"):
        scenario.run(1, charts=["pdf"])
    with pytest.raises(fw.ScenarioError, match="replicates"):
        scenario.run(0)
