"""Composing a picture and a text into one query: "this dress, but in red".

Eleven methods with one interface (`method`), and the two of `shared_space`, from later papers:

    image-only, text-only                     one of the two, the baselines that a method has to beat
    concatenation, show-and-tell, mrn,        on the pooled feature of the picture
    parameter-hashing, attribute-as-operator,
    tirg
    relationship, film, tirg-last-conv        on its map

The rest of the system: `vocabulary` and `text` (texts), `image` (pictures), `model` (all together), the queries of
`course_utils.datasets`, `course_utils.losses`; the loop is `course_utils.training.train_composer`.
"""

from course_utils import config
from course_utils.checks import check_choice
from course_utils.composition.attribute_as_operator import AttributeAsOperator
from course_utils.composition.baselines import ImageOnly, TextOnly
from course_utils.composition.batches import query_batches, query_families
from course_utils.composition.concatenation import Concatenation
from course_utils.composition.evaluation import evaluate_composer, evaluate_composition
from course_utils.composition.film import FiLM
from course_utils.composition.image import FrozenMapNetwork, MapNetwork, load_map_network, stage_maps
from course_utils.composition.inside import gate_map, look_inside, walk_residual
from course_utils.composition.method import Method, Words
from course_utils.composition.model import Composer
from course_utils.composition.mrn import MRN
from course_utils.composition.parameter_hashing import ParameterHashing
from course_utils.composition.relationship import Relationship
from course_utils.composition.shared_space import Combiner, VectorSum
from course_utils.composition.show_and_tell import ShowAndTell
from course_utils.composition.text import LSTMText, SentenceText, Tokens, TransformerText
from course_utils.composition.tirg import TIRG, TIRGLastConv
from course_utils.composition.vocabulary import Vocabulary
from course_utils.datasets.composition_queries import CompositionQueries

METHODS: dict[str, type[Method]] = {
    "image-only": ImageOnly,
    "text-only": TextOnly,
    "concatenation": Concatenation,
    "show-and-tell": ShowAndTell,
    "parameter-hashing": ParameterHashing,
    "relationship": Relationship,
    "mrn": MRN,
    "film": FiLM,
    "attribute-as-operator": AttributeAsOperator,
    "tirg": TIRG,
    "tirg-last-conv": TIRGLastConv,
}  # of the paper
LATER: dict[str, type[Method]] = {"sum": VectorSum, "combiner": Combiner}
KNOWN = METHODS | LATER


def build_method(name: str, dim: int, text_dim: int, **options) -> Method:
    """Return a method with fresh weights; `options` are those of its class, such as gate=False for "tirg"."""
    check_choice("method", name, KNOWN)
    return KNOWN[name](dim, text_dim, **options)


def build_composer(
    name: str,
    image: MapNetwork | FrozenMapNetwork,
    text: LSTMText | TransformerText | SentenceText,
    *,
    scale: str = "learned",
    scale_init: float = 4.0,
    seed: int = 0,
    **options,
) -> Composer:
    """Return the system around the method `name`, whose weights are drawn from `seed`.

    The networks are taken as they are and trained along: give every method networks of its own.
    """
    check_choice("method", name, KNOWN)
    text_dim = text.word_dim if KNOWN[name].reads == "words" else text.dim
    method = config.seeded(lambda: build_method(name, image.dim, text_dim, **options), seed)
    return Composer(image, text, method, scale, scale_init)
