"""Three wings, one arrow; import-linter holds it, and would notice."""

import shutil
import subprocess
import sys
from pathlib import Path

from tests.architecture.tree import ROOT


def lint(directory: Path) -> subprocess.CompletedProcess:
    """Run import-linter on the packages of this directory."""
    program = shutil.which("lint-imports", path=str(Path(sys.executable).parent))
    environment = {"PYTHONPATH": str(directory), "PATH": "/usr/bin:/bin"}
    return subprocess.run(
        [program, "--no-cache"], cwd=directory, env=environment, capture_output=True, text=True, check=False
    )


def test_nothing_points_back():
    result = lint(ROOT)
    assert result.returncode == 0, result.stdout


def test_an_arrow_that_points_back_is_found(tmp_path):
    for wing in ("community", "forums", "moderation"):
        (tmp_path / wing).mkdir()
        (tmp_path / wing / "__init__.py").write_text("")
    (tmp_path / "forums" / "threads.py").write_text("from moderation import queue\n")
    (tmp_path / "moderation" / "queue.py").write_text("")
    contracts = (ROOT / "pyproject.toml").read_text().split("[[tool.importlinter.contracts]]")
    (tmp_path / "pyproject.toml").write_text(
        '[tool.importlinter]\nroot_packages = ["community", "forums", "moderation"]\n'
        "[[tool.importlinter.contracts]]" + contracts[1]
    )
    result = lint(tmp_path)
    assert result.returncode == 1
    assert "forums.threads -> moderation.queue" in result.stdout
