"""All losses on one network with equal care: what is left of their differences?

    COURSE_PROFILE=real COURSE_RESULTS=results python -m course_utils.experiments.race scenes birds

The network is a head of 64 dimensions on frozen vectors. Each loss (`contestants`) has nine trials: three learning
rates, three values of one parameter of its own, the same epochs and 64 pictures a step. Validation chooses among them,
and the epoch of each. What it chose is trained with three seeds, and so is the setting that the course gives by
default. Scenes: known classes, the test part searches the train part. Birds: see `halves`.

The protocol of the source: embeddings of length 1 for every loss and one distance for all. Cosine and Euclidean
distance rank vectors of length 1 alike, so each loss is ranked by its own. Only plain cross-entropy, which the source
leaves out, needs the lengths; for it the distance is chosen on validation, too. Unlike in the source the rate is tuned,
with a grid instead of 50 steps of Bayesian optimisation, and there is one validation part instead of four folds.
Source: Musgrave, Belongie, Lim, A metric learning reality check, ECCV 2020, and its published code.
"""

from course_utils.experiments.race.contestants import RACE
from course_utils.experiments.race.tasks import TASKS, Task
from course_utils.experiments.race.trials import choose, nine_trials
