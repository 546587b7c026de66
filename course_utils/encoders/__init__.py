"""Networks that turn pictures and texts into embeddings: published ones, and small ones whose names end in -mini."""

from course_utils.encoders.architectures import replace_head
from course_utils.encoders.bert import build_text_network, load_text_network
from course_utils.encoders.branch import Head, new_head
from course_utils.encoders.clip import Clip, load_clip
from course_utils.encoders.detector import build_detector, load_detector
from course_utils.encoders.detector_encoder import DetectorEncoder
from course_utils.encoders.image import NAMES, ImageEncoder, build_network, load_classifier, to_batch
from course_utils.encoders.load import load_encoder, load_text_encoder
from course_utils.encoders.lstm import LSTMAggregator
from course_utils.encoders.names import for_profile
from course_utils.encoders.text import BertEncoder
from course_utils.encoders.text_classifier import TextClassifier
from course_utils.encoders.tfidf import TfidfEncoder
from course_utils.encoders.two_conv import TwoConvNet
from course_utils.encoders.weights import WeightsMissing
from course_utils.encoders.words import FastTextEncoder, load_word_vectors
