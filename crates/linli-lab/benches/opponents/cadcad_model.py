"""For reference: the pool and the price of the same plan in cadCAD, which keeps a record of every step.

It has no members, no exits and no redemptions, only what an order does to pool and supply: a model with members as cadCAD
has them would not end in this lifetime. Must not be added: a claim that this is the same model.
"""

import contextlib
import logging
import os
import random
import sys
import time

from cadCAD.configuration import Experiment
from cadCAD.configuration.utils import config_sim
from cadCAD.engine import ExecutionContext, ExecutionMode, Executor

ORDERS = 20_000


def order(_params, _substep, _history, _previous):
    return {"amount": max(1, int(10_000 * random.lognormvariate(0.0, 0.8)))}


def next_pool(_params, _substep, _history, previous, inputs):
    return "pool", previous["pool"] + inputs["amount"] * 460_000 // 1_000_000


def next_supply(_params, _substep, _history, previous, inputs):
    value = (inputs["amount"] * 460_000 // 1_000_000) * 700_000 // 1_000_000
    minted = value * 10_000 if previous["supply"] == 0 else value * previous["supply"] // previous["pool"]
    return "supply", previous["supply"] + minted


def main():
    logging.disable(logging.CRITICAL)
    random.seed(1)
    experiment = Experiment()
    experiment.append_model(
        sim_configs=config_sim({"N": 1, "T": range(ORDERS)}),
        initial_state={"pool": 0, "supply": 0},
        partial_state_update_blocks=[
            {"policies": {"order": order}, "variables": {"pool": next_pool, "supply": next_supply}}
        ],
    )
    executor = Executor(ExecutionContext(ExecutionMode().local_mode), experiment.configs)
    # It prints a banner and bars, which nobody asked for.
    with open(os.devnull, "w") as nowhere, contextlib.redirect_stdout(nowhere), contextlib.redirect_stderr(nowhere):
        start = time.perf_counter()
        executor.execute()
        seconds = time.perf_counter() - start
    print(f"cadCAD     no members {ORDERS:>10} orders, pool and supply alone  {seconds:>6.2f} s  {ORDERS / seconds:>10.0f} orders/s on one core")


if __name__ == "__main__":
    sys.exit(main())
