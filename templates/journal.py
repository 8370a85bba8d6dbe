"""Metrics and configuration for `journal run`. Copy this file beside your script; it needs nothing but Python 3.

    import journal
    journal.config(lr=3e-4, batch_size=32)
    for step in range(1000):
        journal.log(step, loss=loss, **{"val/accuracy": accuracy})
    journal.artifact("out/best.pt", role="checkpoint")

Without `journal run` in front of the command nothing is written and nothing fails.
"""

import json
import os
import time

_config = {}


def log(step=None, metrics=None, **more):
    """Adds one line to metrics.jsonl. Values are numbers, or tensors that hold one."""
    record = {} if step is None else {"step": _plain(step)}
    record["time"] = time.time()
    for name, value in {**(metrics or {}), **more}.items():
        record[name] = _plain(value)
    _write("metrics.jsonl", record, os.O_APPEND)


def config(values=None, **more):
    """States the configuration as the script resolved it; a later call adds to it."""
    _config.update(values or {}, **more)
    _write("config.json", _config, os.O_TRUNC)


def artifact(path, role=None):
    """Names a file or a folder that the run leaves behind; its size and hash are recorded when the run has ended."""
    record = {"path": os.path.abspath(os.fspath(path))}
    _write("artifacts", record if role is None else {"role": role, **record}, os.O_APPEND)


def _plain(value):
    item = getattr(value, "item", None)
    return item() if callable(item) else value


def _write(name, record, mode):
    folder = os.environ.get("JOURNAL_DIR")
    if not folder or os.environ.get("RANK", "0") != "0":
        return
    line = (json.dumps(record, default=str) + "\n").encode()
    try:
        file = os.open(os.path.join(folder, name), os.O_WRONLY | os.O_CREAT | mode, 0o644)
        try:
            os.write(file, line)
        finally:
            os.close(file)
    except OSError:
        pass  # a full disk costs a point, never the training
