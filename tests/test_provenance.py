"""What is stale: exactly what depends on what changed."""

import os
import subprocess
import sys
from functools import partial

import numpy as np
import pytest
import torch
from torch import nn

from course_utils import config
from course_utils.provenance import code_of, data_set, files_behind, fingerprint, key


@pytest.fixture
def repository(tmp_path, monkeypatch):
    """A package of two losses, a folder that passes them on, and a training that uses one."""
    package = tmp_path / "course_utils"
    (package / "losses").mkdir(parents=True)
    (package / "losses" / "__init__.py").write_text(
        "from course_utils.losses.near import near\nfrom course_utils.losses.far import far\n"
    )
    (package / "losses" / "near.py").write_text("from course_utils.shared import root\ndef near(): return root()\n")
    (package / "losses" / "far.py").write_text("def far(): return 2\n")
    (package / "shared.py").write_text("import numpy\ndef root(): return 1\n")
    (package / "training.py").write_text("from course_utils.losses import near\ndef train(): return near()\n")
    monkeypatch.setattr(config, "REPOSITORY", tmp_path)
    return package


def test_imports_are_followed_to_where_a_name_comes_from(repository):
    found = {path.relative_to(repository).as_posix() for path in files_behind(["course_utils.training"])}
    assert found == {"training.py", "losses/near.py", "shared.py"}


@pytest.mark.parametrize(
    ("edited", "stale"),
    [("losses/near.py", True), ("shared.py", True), ("training.py", True), ("losses/far.py", False)],
)
def test_an_edit_makes_stale_what_depends_on_it_and_nothing_else(edited, stale, repository):
    before = code_of("course_utils.training")
    path = repository / edited
    path.write_text(path.read_text() + "# edited\n")
    assert (code_of("course_utils.training") != before) == stale


def test_another_origin_of_a_name_makes_stale_what_imports_it(repository):
    before = code_of("course_utils.training")
    (repository / "losses" / "__init__.py").write_text("from course_utils.losses.far import far as near\n")
    found = {path.relative_to(repository).as_posix() for path in files_behind(["course_utils.training"])}
    assert found == {"training.py", "losses/far.py"}
    assert code_of("course_utils.training") != before


def adding(amount):
    return lambda x: (lambda y: y + amount)(x)


ARRAYS = [np.zeros(3), np.zeros((3, 1)), np.zeros(3, np.float32), np.ones(3), np.array(["a", "b"]), torch.zeros(3)]
PLAIN = ["a", b"a", 1, 1.0, True, None, ["a", "b"], ["ab"], [["a"], "b"], {"a": 1}, {"a": 2}, {"b": 1}]
SETS = [{1, 2}, {1, 3}, frozenset()]
FUNCTIONS = [lambda x: x + 1, lambda x: x + 2, lambda x: x.sum(), lambda x: x.mean(), adding(1), adding(2), fingerprint]
PARTIALS = [partial(fingerprint, held) for held in (1, 2, np.zeros(5000), np.ones(5000))]
THINGS = [*ARRAYS, *PLAIN, *SETS, *FUNCTIONS, *PARTIALS]


def test_different_things_have_different_fingerprints_and_the_same_ones_the_same():
    keys = [fingerprint(thing) for thing in THINGS]
    assert len(set(keys)) == len(THINGS)
    assert keys == [fingerprint(thing) for thing in THINGS]
    assert fingerprint("a", "b") != fingerprint("ab", "")


def test_a_fingerprint_is_the_same_in_every_process():
    """Sets are walked in another order, and what an object's repr says of its place in memory is another place."""
    script = (
        "from functools import partial; import numpy as np; from course_utils.fingerprints import fingerprint\n"
        "class Held: pass\n"
        "def loss(x, words={'a', 'b', 'c'}, held=Held()): return x in {'coast', 'forest', 'street'}\n"
        "print(fingerprint({'wren', 'robin', 'heron'}, loss, partial(loss, np.linalg.norm, held=lambda: loss)))"
    )
    run = partial(subprocess.check_output, [sys.executable, "-c", script], text=True, cwd=config.REPOSITORY)
    runs = [run(env=os.environ | {"PYTHONHASHSEED": str(seed)}) for seed in (1, 2, 3)]
    assert len(set(runs)) == 1


def test_a_network_that_a_function_trains_counts_by_its_shapes():
    network, other = nn.Linear(2, 2), nn.Linear(2, 3)
    before = fingerprint(partial(fingerprint, network))
    nn.init.zeros_(network.weight)
    assert fingerprint(partial(fingerprint, network)) == before != fingerprint(partial(fingerprint, other))


def test_a_fingerprint_follows_every_weight_and_buffer():
    network = nn.Sequential(nn.Linear(2, 2), nn.BatchNorm1d(2))
    keys = [fingerprint(network)]
    for tensor in network.state_dict().values():
        tensor.add_(1)
        keys.append(fingerprint(network))
    assert len(set(keys)) == len(keys)


def test_what_has_no_fingerprint_is_an_error():
    with pytest.raises(TypeError, match="object has no fingerprint"):
        fingerprint(object())


def test_a_key_follows_settings_and_data(monkeypatch):
    keys = [
        key([fingerprint], [np.zeros(2)], {"lr": 1}),
        key([fingerprint], [np.zeros(2)], {"lr": 2}),
        key([fingerprint], [np.ones(2)], {"lr": 1}),
        key([np.linalg.norm], [np.zeros(2)], {"lr": 1}),
    ]
    assert len(set(keys)) == len(keys)


def test_a_redrawn_set_and_another_real_file_are_another_set(monkeypatch):
    folder = config.data_root() / "drawn" / "toy"
    folder.mkdir(parents=True)
    (folder / ".drawn.json").write_text('{"sha256": "a"}')
    (folder / "x.png").write_bytes(b"1")
    before = data_set("toy")
    (folder / "x.png").write_bytes(b"22")
    assert data_set("toy") == before, "the note of the drawing says what is in it"
    (folder / ".drawn.json").write_text('{"sha256": "b"}')
    assert data_set("toy") != before
    monkeypatch.setenv("COURSE_PROFILE", "real")
    real = config.data_root() / "real" / "toy"
    real.mkdir(parents=True)
    (real / "x.png").write_bytes(b"1")
    before = data_set("toy")
    (real / "x.png").write_bytes(b"22")
    assert data_set("toy") != before
