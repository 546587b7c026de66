"""Features that nobody trains: thumbnails, colour histograms, HOG, GIST, and bags of local features."""

from course_utils.features.bag_of_words import BagOfWords, fit_vocabulary, nearest_word
from course_utils.features.colour import embed_colour_histogram, embed_grey_histogram
from course_utils.features.dense import dense_sift
from course_utils.features.gist import embed_gist, filter_answers, gabor_bank
from course_utils.features.hog import draw_hog, embed_hog
from course_utils.features.keypoints import DETECTORS, LocalFeatures, detect, keypoint_patch, local_descriptors
from course_utils.features.pyramid import spatial_pyramid
from course_utils.features.thumbnail import embed_thumbnail
from course_utils.features.vlad import VLAD
from course_utils.features.word_patches import word_patches
