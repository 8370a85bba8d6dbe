"""One of several at once: each writes its own number below the same folder."""

import sys
import time

from tensorboardX import SummaryWriter

who = int(sys.argv[1])
writer = SummaryWriter(f"logs/{who}")
for step in range(50):
    writer.add_scalar("loss", who + step / 64, step)
    time.sleep(0.02)
writer.close()
