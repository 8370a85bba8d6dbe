"""Rows as Keras' CSVLogger writes them, by the same module."""

import csv

from given import NAMES, steps, tell, value

with open("training.csv", "w", newline="", encoding="utf-8") as file:
    writer = csv.DictWriter(file, fieldnames=["epoch", *sorted(NAMES)])
    writer.writeheader()
    for step in steps():
        writer.writerow({"epoch": step, **{name: value(name, step) for name in NAMES}})
tell()
