import mlflow

from given import NAMES, steps, tell, value

flat = {"lr": 3e-4, "batch_size": 32, "optimizer": "adam", "amp": True, "none": None}
# Its store takes no umlauts.
plain = {name: name.replace("ä", "ae") for name in NAMES}
mlflow.set_tracking_uri("file:./mlruns")
with mlflow.start_run(run_name="bold fish", description="Tried *this*."):
    mlflow.log_params(flat)
    mlflow.set_tag("dataset", "digits")
    for step in steps():
        for name in NAMES:
            mlflow.log_metric(plain[name], value(name, step), step=step)
tell(flat, renamed=plain)
