"""What every training shares: resume, the best epoch, the way back from an epoch that fails, the clock."""

import pytest
import torch
from torch import nn

from course_utils.training import CheckpointError
from course_utils.training.history import Epochs, FromUntrained, History
from course_utils.training.run import Run


def number(value=0.0):
    """A network of one weight."""
    network = nn.Linear(1, 1, bias=False)
    nn.init.constant_(network.weight, value)
    return network


def count(run, total, accuracies, fail_in=None):
    """A training whose weight is the number of the epoch."""
    for epoch in run.epochs(total):
        with run.epoch(epoch, "Rest a while"):
            run.network.train()
            run.history.train_loss.append(1 / epoch)
            nn.init.constant_(run.network.weight, epoch)
            if epoch == fail_in:
                raise FloatingPointError("the loss is nan")
            run.history.validation_accuracy.append(accuracies[epoch - 1])
        run.bar.update()
    return run


@pytest.mark.parametrize(("keep", "weight"), [("best", 2), ("last", 4)])
def test_the_weights_that_stay_are_those_of_the_first_best_epoch_or_the_last(keep, weight):
    run = count(Run(number(), History()), 4, [0.5, 0.9, 0.9, 0.1])
    history = run.finish(keep)
    assert (run.network.weight.item(), run.network.training) == (weight, False)
    assert (history.epochs, history.best_epoch, len(history.epoch_seconds)) == (4, 2, 4)


def test_without_validation_the_last_epoch_is_the_best():
    run = Run(number(), Epochs())
    for epoch in run.epochs(3):
        with run.epoch(epoch, ""):
            run.history.train_loss.append(0.0)
            nn.init.constant_(run.network.weight, epoch)
    assert run.finish().best_epoch == 3 and run.network.weight.item() == 3


def test_where_the_untrained_network_was_the_best_it_comes_back():
    class Measured(FromUntrained):
        chosen_by = "train_loss"  # any list will do

    run = Run(number(7.0), Measured([1.0]))  # epoch 0
    with run.epoch(1, ""):
        run.history.train_loss.append(0.5)
        nn.init.constant_(run.network.weight, 1)
    run.finish()
    assert run.network.weight.item() == 7


def test_no_epoch_at_all_leaves_the_network_as_it_was():
    run = count(Run(number(5.0), History()), 0, [])
    assert run.finish().seconds == 0 and run.network.weight.item() == 5


def test_the_clock_counts_what_happens_inside_an_epoch(monkeypatch):
    now = [0.0]
    monkeypatch.setattr("course_utils.training.run.time.perf_counter", lambda: now[0])
    run = Run(number(), Epochs())
    for epoch in run.epochs(2):
        with run.epoch(epoch, ""):
            run.history.train_loss.append(0.0)
            now[0] += 2
        now[0] += 50
    assert run.history.epoch_seconds == [2, 2] and run.history.seconds == 4


@pytest.mark.parametrize("with_checkpoint", [False, True])
def test_a_failed_epoch_leaves_no_trace(tmp_path, with_checkpoint):
    file = tmp_path / "runs" / "run.pt" if with_checkpoint else None
    run = Run(number(), History(), {}, file)
    with pytest.raises(FloatingPointError) as error:
        count(run, 5, [0.1, 0.2, 0.3, 0.4, 0.5], fail_in=3)
    words = "training stopped in epoch 3: the loss is nan. The network holds the weights of epoch 2 again."
    assert str(error.value) == f"{words}{f' {file} holds that epoch, too.' if file else ''} Rest a while"
    assert (run.network.weight.item(), run.network.training) == (2, False)
    assert run.history.train_loss == [1, 1 / 2] and run.history.validation_accuracy == [0.1, 0.2]


def test_a_failure_in_the_first_epoch_speaks_of_no_file_that_is_not_there(tmp_path):
    run = Run(number(6.0), History(), {}, tmp_path / "run.pt")
    with pytest.raises(FloatingPointError, match=r"the weights of epoch 0 again\. Rest"):
        count(run, 5, [], fail_in=1)
    assert run.network.weight.item() == 6 and not any(tmp_path.iterdir())


def test_other_errors_pass_as_they_are():
    run = Run(number(), History())
    with pytest.raises(KeyboardInterrupt), run.epoch(1, ""):
        raise KeyboardInterrupt
    assert run.history.epochs == 0 and run.history.epoch_seconds == []


def test_a_run_goes_on_from_its_checkpoint(tmp_path):
    file, accuracies = tmp_path / "run.pt", [0.9, 0.1, 0.2, 0.3]

    def start(settings=None):
        network = number()
        optimiser = torch.optim.SGD(network.parameters(), lr=0.5)
        return Run(network, History(), settings or {"lr": 0.5}, file, optimiser=optimiser), optimiser

    first, optimiser = start()
    assert not first.resumed
    optimiser.param_groups[0]["lr"] = 0.25  # as a schedule would
    count(first, 2, accuracies)
    second, optimiser = start()
    assert second.resumed and second.network.weight.item() == 2 and optimiser.param_groups[0]["lr"] == 0.25
    assert list(second.epochs(4)) == [3, 4] and second.bar.initial == 2
    count(second, 4, accuracies)
    assert second.finish().validation_accuracy == accuracies and len(second.history.epoch_seconds) == 4
    assert second.network.weight.item() == 1  # the best epoch was before the interruption
    assert list(start()[0].epochs(4)) == []
    with pytest.raises(CheckpointError, match=r"run\.pt: .*differs in lr"):
        start({"lr": 1.0})


def test_a_checkpoint_whose_history_has_other_fields_is_refused(tmp_path):
    count(Run(number(), History(), {}, tmp_path / "run.pt"), 1, [0.5])
    with pytest.raises(CheckpointError, match=r"run\.pt: .*another version of the course.*delete it"):
        Run(number(), Epochs(), {}, tmp_path / "run.pt")
