"""Rows of the tables: measured once, kept, made again with the same numbers; and the tasks they are measured on."""

import numpy as np
import pytest
import torch
from toy_shapes import COLOURS, SHAPES, world

from course_utils import config
from course_utils.composition import METHODS
from course_utils.experiments.composition import __main__ as command
from course_utils.experiments.composition import ablations, methods, recipes, rows, tasks
from course_utils.experiments.composition.recipes import Recipe, build, recipe_for
from course_utils.experiments.composition.rows import measure, step_megabytes, trained
from course_utils.experiments.composition.tasks import Task, open_task, some
from course_utils.provenance import files_behind
from course_utils.results import read_table

QUICK = {"epochs": 1, "batch_size": 16, "dim": 16, "siblings": 1, "last_stride": 2}


def toy_task(name="css_3d"):
    """The captions of the toy world are an adjective and a noun, too: "red disc"."""
    (pictures, pairs), validation, (gallery, queries) = world(36, 48, 1), world(24, 12, 2), world(36, 24, 3)
    texts = [f"make it a {word}" for word in (*COLOURS, *SHAPES)]
    return Task(name, pictures, lambda epoch, seed: pairs, texts, validation, gallery, gallery, queries)


TOY = toy_task()


def quick(**changes):
    return recipe_for("css_3d", **{**QUICK, **changes})


def kept(ending):
    return sorted((config.cache_dir() / "composition" / "drawn").glob(f"*.{ending}"))


def test_chance_is_what_picking_any_picture_but_the_source_would_reach():
    queries, hits = TOY.queries, []
    for source, caption in zip(queries.source, queries.target_caption, strict=True):
        others = [c for i, c in enumerate(queries.captions) if i != source]
        hits.append(others.count(caption) / len(others))
    assert TOY.chance == pytest.approx(np.mean(hits))


def test_a_row_is_measured_once_and_read_afterwards(monkeypatch):
    measured = measure(TOY, "tirg", 0, quick())
    values = measured.values
    assert np.mean(measured.ranks == 1) == pytest.approx(values["recall_at_1"]) and len(measured.ranks) == 24
    assert list(values)[:3] == ["recall_at_1", "recall_at_5", "recall_at_10"]
    assert 0 <= values["recall_at_1"] <= values["recall_at_5"] <= values["recall_at_10"] <= 1
    assert min(values[cost] for cost in ("train_seconds", "epoch_seconds", "query_ms", "parameters", "peak_mb")) > 0
    assert len(kept("json")) == 1 and not kept("pt")
    monkeypatch.setattr(rows, "train_composer", pytest.fail)
    again = measure(TOY, "tirg", 0, quick())
    assert again.values == values and np.array_equal(again.ranks, measured.ranks)


def test_a_row_made_again_has_the_same_recall():
    first = measure(TOY, "concatenation", 0, quick()).values
    second = measure(TOY, "concatenation", 0, quick(), again=True).values
    assert {k: v for k, v in first.items() if k.startswith("recall")} == {
        k: v for k, v in second.items() if k.startswith("recall")
    }
    assert len(kept("json")) == 1


def test_other_methods_seeds_and_recipes_are_other_rows():
    measure(TOY, "text-only", 0, quick())
    measure(TOY, "text-only", 1, quick())
    measure(TOY, "text-only", 0, quick(lr=2e-3))
    measure(TOY, "image-only", 0, quick())
    assert len(kept("json")) == 4


def test_redrawn_pictures_and_an_edited_loss_make_other_rows_and_nothing_else_does(monkeypatch):
    files = lambda task, recipe=None: rows._file(task, "tirg", 0, recipe or quick(), "json")  # noqa: E731
    same = files(toy_task())
    assert files(TOY) == same
    redrawn = toy_task()
    redrawn.gallery[0, 0, 0] ^= 1
    behind = {path.relative_to(config.REPOSITORY).as_posix() for path in files_behind([rows.__name__])}
    assert files(redrawn) != same != files(TOY, quick(loss="soft triplet"))
    assert "course_utils/losses/composition.py" in behind and "course_utils/losses/triplets.py" not in behind
    assert "course_utils/training/run.py" in behind and "course_utils/training/detector.py" not in behind
    monkeypatch.setattr("course_utils.provenance.code_of", lambda *things: "edited")
    assert files(toy_task()) != same


def test_a_network_that_is_kept_is_read_again():
    recipe = quick()
    model, history = trained(TOY, "tirg", 0, recipe)
    assert len(kept("pt")) == 1
    again, same_history = trained(TOY, "tirg", 0, recipe)
    assert vars(same_history) == vars(history)
    assert all(torch.equal(a, b) for a, b in zip(model.parameters(), again.parameters(), strict=True))


def test_adjectives_and_nouns_of_states_are_found_at_least_as_often_as_both():
    values = measure(toy_task("mit_states"), "tirg", 0, quick()).values
    for part in ("adjective", "noun"):
        assert all(values[f"{part}_recall_at_{k}"] >= values[f"recall_at_{k}"] for k in (1, 5, 10))


def test_memory_is_counted_alike_everywhere_and_leaves_the_model_as_it_was():
    model = build(TOY, "tirg", 0, quick())
    before = {name: tensor.clone() for name, tensor in model.state_dict().items()}
    small, large = (step_megabytes(model, TOY.pictures, TOY.pairs(1, 0).subset(np.arange(n))) for n in (8, 32))
    assert all(torch.equal(before[name], tensor) for name, tensor in model.state_dict().items())
    weights = 4 * sum(4 * p.numel() for p in model.parameters()) / 1e6
    assert weights < small < large
    # what is kept for the way back grows with the batch, the weights do not
    assert (large - weights) / (small - weights) == pytest.approx(4, rel=0.1)


def test_recipes_of_tasks():
    assert recipe_for("css_3d") == Recipe(lr=recipes.rate_of("tirg"))
    assert recipe_for("css_3d", "text-only").epochs < recipe_for("css_3d", "tirg").epochs
    assert recipe_for("css_3d", "text-only", epochs=9).epochs == 9
    assert recipe_for("mit_states", lr=0.5).lr == 0.5 and recipe_for("mit_states").siblings == 1
    assert set(recipes.OF_TASK) == set(tasks.TASKS)
    with pytest.raises(ValueError, match="task is 'cars'"):
        recipe_for("cars")
    with pytest.raises(ValueError, match="method is 'tirgs'"):
        recipe_for("css_3d", "tirgs")
    with pytest.raises(TypeError, match="speed"):
        recipe_for("css_3d", speed=3)
    with pytest.raises(ValueError, match="text is 'gpt'; choose one of: lstm, minilm, distilbert"):
        build(TOY, "tirg", 0, quick(text="gpt"))
    with pytest.raises(ValueError, match="loss is 'triplet'; choose one of"):
        trained(TOY, "tirg", 0, quick(loss="triplet"))


def test_the_rate_of_a_method_is_the_one_that_validation_preferred():
    for method in METHODS:
        task = "mit_states" if method == "attribute-as-operator" else "css_3d"
        table = read_table("07_composition", f"rates_{task}", "drawn")
        table = table[table["metric"] == "validation_recall"]
        tried = table[table["method"].str.startswith(f"{method}-lr-")].set_index("method")["mean"]
        assert len(tried) >= 3 and tried[f"{method}-lr-{recipes.rate_of(method):g}"] == tried.max()


def test_rates_are_tried_on_until_the_best_one_lies_inside():
    assert methods._beyond({3e-4: 0.1, 1e-3: 0.3, 3e-3: 0.2}) is None
    assert methods._beyond({3e-4: 0.4, 1e-3: 0.3, 3e-3: 0.2}) == 1e-4
    assert methods._beyond({3e-4: 0.1, 1e-3: 0.3, 3e-3: 0.4}) == 1e-2
    assert methods._beyond({3e-5: 0.9, 3e-4: 0.1, 1e-3: 0.3}) is None, "there is no smaller one"


def test_some_queries_are_always_the_same_ones():
    queries = TOY.queries
    assert some(queries, 10).text == some(queries, 10).text and len(some(queries, 10)) == 10
    assert some(queries, 1000).text == queries.text


def test_an_unknown_task_is_refused_and_a_missing_set_is_named():
    with pytest.raises(ValueError, match="task is 'cars'; choose one of: css_3d, css_2d, fashion200k"):
        open_task("cars")
    with pytest.raises(config.DatasetMissing, match="data_scripts draw css"):
        open_task("css_3d")


def test_the_command_prints_a_row_or_what_is_missing(monkeypatch, capsys):
    assert command.main(["row", "css_3d", "tirg"]) == 1
    assert "error: data set 'css' is not in" in capsys.readouterr().err
    monkeypatch.setattr(command, "open_task", lambda name, pixels: TOY)
    monkeypatch.setattr(command, "recipe_for", lambda task, method, **changes: quick(**changes))
    assert command.main(["row", "css_3d", "text-only", "--epochs", "2", "--seed", "1"]) == 0
    printed = dict(line.split() for line in capsys.readouterr().out.splitlines())
    expected = measure(TOY, "text-only", 1, quick(epochs=2)).values
    assert printed["recall_at_1"] == f"{expected['recall_at_1']:.4g}" and printed.keys() == expected.keys()


def test_tables_of_methods_hold_all_seeds_intervals_and_paired_differences(monkeypatch, capsys):
    monkeypatch.setattr(command, "open_task", lambda name, pixels: TOY)
    for module in (methods, ablations):
        monkeypatch.setattr(module, "recipe_for", lambda task, method, **changes: quick(**changes))
    monkeypatch.setattr(methods, "METHODS", ("concatenation", "tirg"))
    monkeypatch.setattr(methods, "PAIRED", (("tirg", "concatenation"),))
    monkeypatch.setattr(ablations, "ROWS", {"tirg": ("tirg", {}), "pairs": ("tirg", {"siblings": 2})})
    monkeypatch.setattr(ablations, "PAIRED", (("pairs", "tirg"),))
    for topic in ("rates", "methods", "ablations"):
        assert command.main([topic, "css_3d"]) == 0
    rates = read_table("07_composition", "rates_css_3d")
    assert set(rates["method"].str.rpartition("-lr-")[0]) == {"concatenation", "tirg"}
    assert all(rates["method"].str.startswith(f"{m}-lr-").sum() >= 3 for m in ("concatenation", "tirg"))
    table = read_table("07_composition", "methods_css_3d").set_index(["method", "metric"])["mean"]
    hits = {}
    for name in ("tirg", "concatenation"):
        runs = [measure(TOY, name, seed, quick()) for seed in methods.SEEDS]
        hit = hits[name] = np.mean([run.ranks == 1 for run in runs], axis=0)
        assert table[name, "recall_at_1"] == pytest.approx(hit.mean(), abs=1e-4)
        assert table[name, "recall_at_1_low"] <= hit.mean() <= table[name, "recall_at_1_high"]
    difference = hits["tirg"].mean() - hits["concatenation"].mean()
    assert table["tirg-minus-concatenation", "recall_at_1"] == pytest.approx(difference, abs=1e-4)
    assert table["chance", "recall_at_1"] == pytest.approx(TOY.chance, abs=1e-4)
    ablated = read_table("07_composition", "ablations_css_3d")["method"].unique().tolist()
    assert ablated == ["tirg", "pairs", "pairs-minus-tirg"]


def test_a_method_is_left_out_where_its_texts_are_no_attributes():
    assert "attribute-as-operator" in methods.methods_of("mit_states")
    assert "attribute-as-operator" not in methods.methods_of("css_3d")


def test_minilm_reads_every_text_of_a_task_once(monkeypatch):
    class Reader:
        def embed(self, texts):
            assert len(texts) == len(set(texts))
            return np.eye(len(texts), 8, dtype=np.float32)

    monkeypatch.setattr(recipes, "load_text_encoder", lambda name: Reader())
    model, history = trained(TOY, "tirg", 0, quick(text="minilm"))
    assert history.epochs == 1 and not model.text.pretrained
