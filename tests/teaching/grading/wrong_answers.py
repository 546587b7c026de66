"""Plausible wrong submissions, three or more an assignment, and the marks that each deserves.

One entry: name: (marks, {solution cell: [(text of the solution, what this student wrote), ...]}). Sixteen marks can be
reached without the written question; the cells named here are the ones that lose theirs.
"""

WRONG = {
    "01_handcrafted_features": {
        "divides-by-k": (11, {
            "by_hand": [("np.mean(np.arange(1, 5) / ranks)", "np.sum(np.arange(1, 5) / ranks) / 10")],
            "average_precision_at": [("min(k, n_relevant)", "k")],
        }),
        "finds-itself": (10, {
            "average_precision_at": [("min(k, n_relevant)", "max(first.sum(), 1)")],
            "neighbours": [("order[order != i][:k]", "order[:k]")],
        }),
        "drops-the-first": (11, {
            "colour_histogram": [(" / len(places)", "")],
            "neighbours": [("order[order != i][:k]", "order[1:][:k]")],
        }),
        "chooses-on-test": (7, {
            "neighbours": [("unit = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)", "unit = vectors")],
            "first_is_right": [("zip(gallery_ids.tolist(), gallery_labels.tolist(), strict=True)",
                                "enumerate(gallery_labels.tolist())")],
            "choose_and_report": [('evaluate(setting, "validation")', 'evaluate(setting, "test")')],
        }),
    },
    "02_pretrained_embeddings": {
        "wrong-axis": (10, {
            "embed_maps": [("np.linalg.norm(vectors, axis=1", "np.linalg.norm(vectors, axis=0")],
            "embed": [("np.sqrt(stored_variance + eps)", "(stored_variance + eps)")],
        }),
        "queries-leak": (9, {
            "shorten": [("mean = gallery.mean(axis=0)", "mean = np.vstack([gallery, queries]).mean(axis=0)")],
            "compare": [("float(np.mean(s))", "float(np.max(s))")],
        }),
        "own-mean": (6, {
            "embed_maps": [("np.where(lengths == 0, 1, lengths)", "lengths")],
            "shorten": [("(queries - mean)", "(queries - queries.mean(axis=0))")],
            "compare": [("ddof=1", "ddof=0")],
        }),
    },
    "03_metric_learning": {
        "margin-sign": (10, {
            "by_hand": [("to_positive - to_negative + 0.5", "to_negative - to_positive + 0.5")],
            "triplet_loss": [("to_positive - to_negative + margin", "to_positive - to_negative - margin")],
        }),
        "own-positive": (10, {
            "triplet_loss": [("np.maximum(0, to_positive - to_negative + margin).mean()",
                              "max(0, (to_positive - to_negative + margin).mean())")],
            "hardest": [("same & ~np.eye(len(labels), dtype=bool)", "same")],
        }),
        "starts-again": (9, {
            "spread": [("embeddings.std(axis=0).mean()", "embeddings.std()")],
            "ladder": [("recipe = recipe | settings", "recipe = base | settings")],
        }),
        "changes-the-base": (9, {
            "triplet_loss": [("np.linalg.norm(anchors - positives, axis=1)", "np.sum((anchors - positives) ** 2, 1)"),
                             ("np.linalg.norm(anchors - negatives, axis=1)", "np.sum((anchors - negatives) ** 2, 1)")],
            "ladder": [("recipe, rows = dict(base)", "recipe, rows = base"),
                       ("recipe = recipe | settings", "recipe.update(settings)")],
        }),
    },
    "04_cross_modal": {
        "one-direction": (10, {
            "in_batch_softmax": [("direction(scores.T / temperature)", "direction(scores / temperature)")],
            "recall_both_ways": [("(owner[sentences] == np.arange(similarity.shape[1])[:, None]).any(axis=1)",
                                  "sentences[:, 0] == np.unique(owner, return_index=True)[1]")],
        }),
        "times-temperature": (10, {
            "in_batch_softmax": [("direction(scores / temperature)", "direction(scores * temperature)"),
                                 ("direction(scores.T / temperature)", "direction(scores.T * temperature)")],
            "sentence_vectors": [(".sum(axis=1) / np.maximum(lengths, 1)[:, None]", ".mean(axis=1)")],
        }),
        "shuffles-both": (9, {
            "in_batch_softmax": [("logits = logits - logits.max(axis=1, keepdims=True)", "logits = np.array(logits)")],
            "permutation_test": [("score(images, texts[rng.permutation(len(texts))])",
                                  "score(images[(o := rng.permutation(len(texts)))], texts[o])")],
        }),
        "p-of-zero": (9, {
            "by_hand": [("np.median(text_ranks)", "np.sort(text_ranks)[4]")],
            "permutation_test": [("(1 + sum(value >= real for value in shuffled)) / (rounds + 1)",
                                  "sum(value >= real for value in shuffled) / rounds")],
        }),
    },
    "05_zero_shot": {
        "test-leaks": (9, {
            "split_species": [("test = np.isin(labels, unseen)", "test = rng.random(len(labels)) < share")],
            "choose_strength": [("rng.permutation(np.unique(labels))", "rng.permutation(len(labels))"),
                                ("np.isin(labels, group)", "np.isin(np.arange(len(labels)), group)")],
        }),
        "no-bias": (10, {
            "by_hand": [("np.mean(right / asked)", "right.sum() / asked.sum()")],
            "fit_ridge": [("x_mean, y_mean = x.mean(axis=0), y.mean(axis=0)",
                           "x_mean, y_mean = np.zeros(x.shape[1]), np.zeros(y.shape[1])")],
        }),
        "ten-copies": (6, {
            "fit_ridge": [("strength * np.eye", "strength * len(x) * np.eye")],
            "top_pictures": [("return order[first][:k]", "return order[:k]")],
            "choose_strength": [("np.mean([fit_and_score", "np.max([fit_and_score")],
        }),
    },
    "06_attribute_boosting": {
        "any-attribute": (10, {
            "product_similarity": [(".all(axis=2)", ".any(axis=2)")],
            "attribute_loss": [("table[known].max(axis=1", "table[known].max(axis=0"),
                               ("np.exp(logits).sum(axis=1", "np.exp(logits).sum(axis=0")],
        }),
        "drops-rank-one": (9, {
            "map_at_k": [("ranking[ranking != q][:k]", "ranking[1 : k + 1]")],
            "label_curve": [("np.argmax(validation)", "np.argmax(test)")],
        }),
        "pads-the-lists": (10, {
            "by_hand": [("shared / len(other)", "shared / len(query)")],
            "map_at_k": [("relevant = relevant[similarity[q, relevant] > 0]", "")],
        }),
        "divides-by-found": (10, {
            "attribute_loss": [("known = column >= 0", "known = column >= -1")],
            "map_at_k": [("/ len(relevant))", "/ max(1, hits.sum()))")],
        }),
        "draws-again": (9, {
            "product_similarity": [("size[:, None] + size[None] - shared if", "size[:, None] + size[None] if")],
            "label_curve": [("train(order[:count])", "train(rng.permutation(n_products)[:count])")],
        }),
    },
    "07_composition": {
        "gates-all": (10, {
            "compose": [("w_g * gate * x + w_r * residual", "gate * (w_g * x + w_r * residual)")],
            "composed_recall": [("row[row != own][:k]", "row[:k]")],
        }),
        "half-gradient": (11, {
            "batch_classification": [("/ len(queries)", "/ len(queries) / 2")],
            "training_example": [("vocabulary.get(word, 1)", "vocabulary.get(word, 0)")],
        }),
        "wrong-axis": (11, {
            "by_hand": [("to_target - to_other", "to_other - to_target")],
            "batch_classification": [("queries @ targets.T", "targets @ queries.T")],
        }),
        "drops-rank-one": (11, {
            "composed_recall": [("row[row != own][:k]", "row[1 : k + 1]")],
            "training_example": [(" & (adjectives != adjectives[source])", "")],
        }),
        "shuffles": (10, {
            "compose": [("np.concatenate([x, t], axis=1)", "np.concatenate([t, x], axis=1)")],
            "use_of_inputs": [("np.array([rng.choice(values[values != value]) for value in values])",
                               "rng.permutation(values)")],
        }),
    },
}  # fmt: skip
