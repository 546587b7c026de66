"""Run the race and write its tables: python -m course_utils.experiments.race scenes birds"""

import argparse
from collections import defaultdict

from course_utils.checks import check_choice
from course_utils.experiments.backbone import NAME, PIXELS
from course_utils.experiments.race.contestants import CLASSES, DIM, PER_CLASS, RACE
from course_utils.experiments.race.tasks import TASKS
from course_utils.experiments.race.trials import EPOCHS, baselines, measure
from course_utils.experiments.race.verdict import method_rows, pair_rows, per_query
from course_utils.experiments.rows import SEEDS_NOTE
from course_utils.results import save_table

NOTE = (
    f"a head of two layers and {DIM} dimensions on frozen {NAME} vectors of {PIXELS} pixels; {EPOCHS} epochs, "
    f"{CLASSES * PER_CLASS} pictures a step; learning rate and one parameter of each loss chosen on validation "
    f"from nine trials; {SEEDS_NOTE}"
)


def main(names: list[str]) -> None:
    for name in names:
        check_choice("set", name, TASKS)
    tables = defaultdict(list)
    for name in names:
        task, found = TASKS[name](), {}
        topic = "losses" if name == "scenes" else "losses_unseen"
        for method, reports in baselines(task).items():
            tables[topic] += method_rows(task, method, reports)
            print(f"{name}: {method} {per_query(task, reports['']).mean():.3f}", flush=True)
        for loss in RACE:
            reports, chosen, grid = measure(task, loss)
            found[loss] = reports[""]
            tables[topic] += method_rows(task, loss, reports)
            tables["losses_tried"] += chosen
            tables["losses_grid"] += grid
            shown = {r["metric"]: round(r["mean"], 4) for r in chosen[:9]}
            print(f"{name}: {loss} {shown}", flush=True)
        tables["losses_pairs"] += pair_rows(task, found)
        for topic, rows in tables.items():
            print(f"wrote {save_table('03_metric_learning', topic, rows, NOTE)}")


if __name__ == "__main__":
    parser = argparse.ArgumentParser("python -m course_utils.experiments.race", description=__doc__.partition(":")[0])
    parser.add_argument("sets", nargs="*", metavar="SET", help=f"of {', '.join(TASKS)}; default: scenes birds")
    main(parser.parse_args().sets or ["scenes", "birds"])
