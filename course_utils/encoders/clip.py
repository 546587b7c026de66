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
from course_utils.encoders.bert import published_folder
from course_utils.encoders.image import MEAN as IMAGENET_MEAN
from course_utils.encoders.image import STD as IMAGENET_STD
from course_utils.encoders.image import to_batch
from course_utils.encoders.text import check_texts
from course_utils.encoders.weights import WeightsMissing, first_line

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
        embed = self._embed_pictures if isinstance(items, np.ndarray) and items.dtype == np.uint8 else self._embed_texts
        return embed(items, batch_size, device or config.pick_device())

    @torch.no_grad()
    def _embed_pictures(self, images: np.ndarray, batch_size: int, device) -> np.ndarray:
        vision, projection = self.network.vision_model.to(device), self.network.visual_projection.to(device)
        parts = []
        for i in tqdm(range(0, len(images), batch_size), desc="embed pictures with clip", delay=2, leave=False):
            pixels = _as_clip(to_batch(images[i : i + batch_size], self.image_size, device))
            parts.append(projection(vision(pixel_values=pixels).pooler_output).float().cpu().numpy())
        return np.concatenate(parts)

    @torch.no_grad()
    def _embed_texts(self, texts: Sequence[str], batch_size: int, device) -> np.ndarray:
        texts = check_texts(texts)
        language, projection = self.network.text_model.to(device), self.network.text_projection.to(device)
        parts = []
        for i in tqdm(range(0, len(texts), batch_size), desc="embed texts with clip", delay=2, leave=False):
            tokens = self.tokenizer(texts[i : i + batch_size], padding=True, truncation=True, return_tensors="pt")
            state = language(**{name: tokens[name].to(device) for name in ("input_ids", "attention_mask")})
            parts.append(projection(state.pooler_output).float().cpu().numpy())
        return np.concatenate(parts)


def load_clip() -> Clip:
    """Return the published ViT-B/32. Raises WeightsMissing where it is not on this machine and cannot be had."""
    from transformers import AutoTokenizer, CLIPModel

    folder = published_folder("clip")
    source = str(folder) if folder.is_dir() else PUBLISHED
    try:
        network = CLIPModel.from_pretrained(source, use_safetensors=True)
        return Clip(network, AutoTokenizer.from_pretrained(source, model_max_length=77))
    except (OSError, ValueError, RuntimeError) as error:
        raise WeightsMissing(
            f"clip: the published files are not on this machine or cannot be read ({first_line(error)}). On a machine "
            f"with internet: `python -m data_scripts download clip`; or put its files here: {folder}"
        ) from None


def _as_clip(batch: torch.Tensor) -> torch.Tensor:
    """Bring a batch from ImageNet's mean and spread of the channels to CLIP's."""
    old_mean, old_std, mean, std = (
        torch.tensor(v, device=batch.device).view(1, 3, 1, 1) for v in (IMAGENET_MEAN, IMAGENET_STD, MEAN, STD)
    )
    return (batch * old_std + old_mean - mean) / std
