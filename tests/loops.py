"""Event loops for tests. The browser driver keeps one running in the main thread, where no second may run."""

import asyncio
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any


def run_loop(coroutine: Coroutine[Any, Any, Any]) -> Any:
    """What the coroutine answers, run to its end in a thread and a loop of its own."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, coroutine).result()
