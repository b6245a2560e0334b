"""What a page costs: the processor time of everything that makes it, read from the processes themselves."""

from pathlib import Path

import psutil


class Cost:
    """The processes of the site and of its database."""

    def __init__(self, site: int, data: Path) -> None:
        self.roots = [psutil.Process(site), psutil.Process(int((data / "postmaster.pid").read_text().split()[0]))]

    def seconds(self) -> float:
        """Processor time of them all until now."""
        spent = 0.0
        for root in self.roots:
            for process in [root, *root.children(recursive=True)]:
                try:
                    times = process.cpu_times()
                except psutil.Error:  # it has just ended
                    continue
                spent += times.user + times.system
        return spent
