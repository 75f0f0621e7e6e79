"""Every example of the documents runs, in the order in which it stands."""

from __future__ import annotations

from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("document", ["docs/python.md", "python/README.md"])
def test_the_examples_run(document: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    blocks = (ROOT / document).read_text().split("```python\n")[1:]
    code = "\n".join(block.split("```")[0] for block in blocks)
    assert "fw.Scenario" in code
    exec(compile(code, document, "exec"), {"__name__": "document"})
    if document == "docs/python.md":
        assert (tmp_path / "advantage.png").stat().st_size > 10_000
        assert (tmp_path / "report.html").exists()
