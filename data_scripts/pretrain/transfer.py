"""How far pretrained weights carry: retrieval on real photographs that no weight has seen.

Two tasks with opposite needs. Scenes (MIT split, train = gallery, test = queries, mean AP over the full ranking) are
told apart by structure, and these photographs are grey. Products (Fashion Product Images, 100 attribute groups of 40
pictures, 10 of each for validation and 10 for the test, see the lesson on attribute boosting) differ by colour, too.
"""

import csv
from collections import defaultdict
from pathlib import Path

import numpy as np
from PIL import Image

from course_utils.datasets import load_scenes
from course_utils.metrics import evaluate_retrieval

GROUP_COLUMNS = ("gender", "masterCategory", "subCategory", "articleType", "baseColour", "usage")
GROUPS, PER_GROUP, RELEVANT = 100, 40, 10


def scenes(embed, part: str = "test") -> dict[str, float]:
    """Return {mean_ap, precision_at_1}; part "validation" carves its queries from train, "test" uses the test set."""
    data = load_scenes()
    gallery, queries = (data.train, data.test) if part == "test" else data.validation_split()
    report = evaluate_retrieval(embed(queries.load(64)), embed(gallery.load(64)), queries.labels, gallery.labels)
    return {"mean_ap": report.mean_ap, "precision_at_1": report.precision_at[1]}


def product_pictures(folder: Path, part: str) -> tuple[np.ndarray, list[int], list[str]]:
    """Return pictures uint8 (1000, 80, 60, 3), their attribute group and product name; part "validation" or "test"."""
    groups = defaultdict(list)
    with open(folder / "styles.csv", encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            groups[tuple(row[column] for column in GROUP_COLUMNS)].append(row)
    present = {path.stem for path in (folder / "images").glob("*.jpg")}
    groups = {key: [row for row in rows if row["id"] in present] for key, rows in groups.items()}
    largest = sorted((key for key in groups if len(groups[key]) >= PER_GROUP), key=lambda k: (-len(groups[k]), k))
    rng = np.random.default_rng(0)
    pictures, labels, names = [], [], []
    for label, key in enumerate(largest[:GROUPS]):
        chosen = rng.permutation(len(groups[key]))[:PER_GROUP]
        for index in chosen[20:30] if part == "validation" else chosen[30:40]:
            row = groups[key][index]
            with Image.open(folder / "images" / f"{row['id']}.jpg") as image:
                pictures.append(np.asarray(image.convert("RGB").resize((60, 80))))
            labels.append(label)
            names.append(row["productDisplayName"])
    return np.stack(pictures), labels, names


def products(embed, folder: Path) -> dict[str, float]:
    """Return {map_at_10}: the ten products of highest score are relevant, hits are divided by ten.

    score = all attributes equal x (words shared with the query's name / words of the query's name), as published.
    """
    pictures, labels, names = product_pictures(folder, "test")
    words = [set(name.lower().split()) for name in names]
    labels = np.array(labels)
    embeddings = embed(pictures)
    unit = embeddings / np.maximum(np.linalg.norm(embeddings, axis=1, keepdims=True), 1e-12)
    cosine = unit @ unit.T
    np.fill_diagonal(cosine, -np.inf)  # the query itself, excluded by index
    precisions = []
    for i in range(len(pictures)):
        score = np.array([len(words[i] & w) / len(words[i]) for w in words]) * (labels == labels[i])
        score[i] = -1
        relevant = np.argsort(-score, kind="stable")[:RELEVANT]
        hits = np.isin(np.argsort(-cosine[i], kind="stable")[:RELEVANT], relevant)
        precisions.append((np.cumsum(hits) / np.arange(1, RELEVANT + 1) * hits).sum() / RELEVANT)
    return {"map_at_10": float(np.mean(precisions))}


def pixel_pca(folder: Path):
    """Return an embed function: 512 principal components of raw pixels, fitted on validation. The task's floor."""
    from sklearn.decomposition import PCA

    def flat(pictures: np.ndarray) -> np.ndarray:
        return pictures.reshape(len(pictures), -1).astype(np.float32) / 255

    pictures, _, _ = product_pictures(folder, "validation")
    fitted = PCA(min(512, len(pictures)), random_state=0).fit(flat(pictures))
    return lambda new: fitted.transform(flat(new))
