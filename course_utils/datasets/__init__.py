"""Data sets as the lessons see them: one file a layout, and the same arrays whatever the files hold."""

from course_utils.datasets.any_folder import load_folder
from course_utils.datasets.birds import load_birds
from course_utils.datasets.blocks import load_blocks
from course_utils.datasets.caption_set import CaptionSet
from course_utils.datasets.captions import Captions, load_captions
from course_utils.datasets.css import from_flat, load_css
from course_utils.datasets.fashion200k import load_fashion200k
from course_utils.datasets.flowers import load_flowers
from course_utils.datasets.image_set import ImageSet
from course_utils.datasets.images import ImageError, fit_square, load_images, read_image
from course_utils.datasets.mit_states import load_mit_states
from course_utils.datasets.named import by_name, flower_names
from course_utils.datasets.photographs import Photograph, load_photographs
from course_utils.datasets.problems import LayoutError
from course_utils.datasets.product_groups import Selection, select_groups
from course_utils.datasets.product_table import ATTRIBUTES
from course_utils.datasets.product_views import as_species, replace_words
from course_utils.datasets.products import Products, load_products
from course_utils.datasets.scenes import Scenes, load_scenes
from course_utils.datasets.species import SpeciesImages, SpeciesSplit
from course_utils.datasets.splits import SplitMismatch
