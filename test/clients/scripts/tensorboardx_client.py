from tensorboardX import SummaryWriter

from given import NAMES, steps, tell, value

flat = {"lr": 3e-4, "batch_size": 32, "optimizer": "adam", "amp": True}
writer = SummaryWriter("logs/run1")
for step in steps():
    for name in NAMES:
        writer.add_scalar(name, value(name, step), step)
writer.add_hparams(flat, {"hparam/final": 0.5})
writer.close()
# Its tags hold no blanks.
tell(flat, renamed={name: name.replace(" ", "_") for name in NAMES}, single={"hparam/final": "0.5"})
