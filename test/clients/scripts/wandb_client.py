import os

os.environ.update(WANDB_MODE="offline", WANDB_SILENT="true", WANDB_DISABLE_GIT="true")

import wandb

from given import CONFIG, NAMES, steps, tell, value

run = wandb.init(project="clients", name="bold fish", notes="Tried *this*.", tags=["a", "b c"], config=CONFIG)
for step in steps():
    run.log({name: value(name, step) for name in NAMES}, step=step)
run.summary["test_accuracy"] = 0.875
run.finish()
tell(CONFIG, single={"test_accuracy": "0.875"})
