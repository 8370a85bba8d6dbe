import csv
import os

import hydra
from omegaconf import OmegaConf

from given import NAMES, steps, tell, value


@hydra.main(version_base=None, config_path="conf", config_name="train")
def main(config):
    with open("metrics.csv", "w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(["step", *NAMES])
        for step in steps():
            writer.writerow([step, *(value(name, step) for name in NAMES)])
    os.chdir(hydra.utils.get_original_cwd())
    tell(OmegaConf.to_container(config))


main()
