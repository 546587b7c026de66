"""CLIP: pictures and sentences in one space, learned from 400 million pairs. For comparison only.

    clip = load_clip()
    pictures, sentences = clip.embed(images), clip.embed(captions)                    # cosine between the two

Source: Radford et al., Learning transferable visual models from natural language supervision, ICML 2021.
"""

from collections.abc import Sequence

import numpy as np
import torch
from tqdm.auto import tqdm

from course_utils import config
from course_utils.encoders.bert import from_published
from course_utils.encoders.image import to_batch
from course_utils.encoders.text import check_texts

PUBLISHED = "openai/clip-vit-base-patch32"
MEAN, STD = (0.48145466, 0.4578275, 0.40821073), (0.26862954, 0.26130258, 0.27577711)  # of CLIP's own pictures


class Clip:
    """A CLIP model of transformers with its tokenizer; embeddings float32 (N, D), not normalised."""

    def __init__(self, network, tokenizer):
        self.network, self.tokenizer = network.eval(), tokenizer
        self.image_size = network.config.vision_config.image_size
        self.dim = network.config.projection_dim

    def embed(self, items: np.ndarray | Sequence[str], batch_size: int = 64, device=None) -> np.ndarray:
        """Embed pictures, uint8 (N, H, W, 3), or sentences; what is longer than CLIP reads (77 tokens) is cut."""
        pictures = isinstance(items, np.ndarray) and items.dtype == np.uint8
        items, embed = (items, self._see) if pictures else (check_texts(items), self._read)
        device = device or config.pick_device()
        self.network.to(device)
        starts = tqdm(range(0, len(items), batch_size), desc="embed with clip", delay=2, leave=False)
        with torch.no_grad():
            parts = [embed(items[i : i + batch_size], device).float().cpu().numpy() for i in starts]
        return np.concatenate(parts)

    def _see(self, images: np.ndarray, device) -> torch.Tensor:
        pixels = to_batch(images, self.image_size, device, MEAN, STD)
        return self.network.visual_projection(self.network.vision_model(pixel_values=pixels).pooler_output)

    def _read(self, texts: Sequence[str], device) -> torch.Tensor:
        tokens = self.tokenizer(texts, padding=True, truncation=True, return_tensors="pt")
        state = self.network.text_model(**{k: tokens[k].to(device) for k in ("input_ids", "attention_mask")})
        return self.network.text_projection(state.pooler_output)


def load_clip() -> Clip:
    """Return the published ViT-B/32. Raises WeightsMissing where it is not on this machine and cannot be had."""
    from transformers import AutoTokenizer, CLIPModel

    network = from_published("clip", PUBLISHED, CLIPModel, use_safetensors=True)
    return Clip(network, from_published("clip", PUBLISHED, AutoTokenizer, model_max_length=77))
