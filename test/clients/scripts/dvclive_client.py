from dvclive import Live

from given import CONFIG, NAMES, steps, tell, value

with Live("dvclive", save_dvc_exp=False, dvcyaml=None, report=None) as live:
    live.log_params(CONFIG)
    for step in steps():
        for name in NAMES:
            live.log_metric(name, value(name, step))
        live.next_step()
tell(CONFIG)
