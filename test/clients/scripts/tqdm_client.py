import json

from tqdm import tqdm

from given import NAMES, steps, tell, value

for step in tqdm(steps(), mininterval=0):
    record = {"step": step, **{name: value(name, step) for name in NAMES}}
    if step % 3 == 0:
        tqdm.write(json.dumps(record, ensure_ascii=False))
    elif step % 3 == 1:
        tqdm.write(str(record))
    else:
        tqdm.write("METRIC " + " ".join(f'"{name}"={value(name, step)}' for name in NAMES) + f" step={step}")
    tqdm.write(f"Epoch {step}: done")
tell()
