"""CLIP without its published weights: a small random one in the same files, read, and compared with transformers."""

import numpy as np
import pytest
import torch

from course_utils.encoders import Clip, WeightsMissing, load_clip
from course_utils.encoders.bert import mini_tokenizer, published_folder


@pytest.fixture
def small():
    from transformers import CLIPConfig, CLIPModel

    both = {"hidden_size": 16, "intermediate_size": 32, "num_hidden_layers": 1, "num_attention_heads": 2}
    text = both | {"vocab_size": 4096, "max_position_embeddings": 77, "eos_token_id": 2}
    vision = both | {"image_size": 32, "patch_size": 8}
    torch.manual_seed(0)
    return CLIPModel(CLIPConfig(text_config=text, vision_config=vision, projection_dim=12))


PICTURES = np.random.default_rng(0).integers(0, 256, (3, 40, 30, 3), dtype=np.uint8)


def test_both_sides_have_one_dimension_and_agree_with_the_library(small):
    tokenizer = mini_tokenizer()
    tokenizer.model_max_length = 77
    clip = Clip(small, tokenizer)
    pictures, texts = clip.embed(PICTURES, batch_size=2), clip.embed(["a red bird", "", "word " * 200])
    assert pictures.shape == texts.shape == (3, 12) and pictures.dtype == np.float32
    square = torch.nn.functional.interpolate(
        torch.from_numpy(PICTURES).permute(0, 3, 1, 2).float() / 255, (32, 32), mode="bilinear", antialias=True
    )
    mean = torch.tensor([0.48145466, 0.4578275, 0.40821073]).view(1, 3, 1, 1)
    std = torch.tensor([0.26862954, 0.26130258, 0.27577711]).view(1, 3, 1, 1)
    with torch.no_grad():
        expected = small.visual_projection(small.vision_model(pixel_values=(square - mean) / std).pooler_output)
    np.testing.assert_allclose(pictures, expected.numpy(), rtol=1e-3, atol=1e-4)
    alone = clip.embed(["a red bird"])
    np.testing.assert_allclose(alone[0], texts[0], rtol=1e-3, atol=1e-5)


def test_the_published_files_are_read_from_their_folder(small, monkeypatch):
    monkeypatch.setenv("COURSE_PROFILE", "real")
    folder = published_folder("clip")
    small.save_pretrained(folder)
    mini_tokenizer().save_pretrained(folder)
    assert load_clip().embed(["a bird"]).shape == (1, 12)
    (folder / "model.safetensors").unlink()
    with pytest.raises(WeightsMissing, match=r"data_scripts download clip .*here: .*clip"):
        load_clip()
