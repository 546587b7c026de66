"""The composing formulas once more, as slow and explicit as possible: loops over numbers, places and pairs."""

import math


def linear(layer, vector):
    """A linear layer on a list of numbers."""
    weight = layer.weight.tolist()
    bias = layer.bias.tolist() if layer.bias is not None else [0.0] * len(weight)
    return [math.fsum(w * v for w, v in zip(row, vector, strict=True)) + b for row, b in zip(weight, bias, strict=True)]


def relu(vector):
    return [max(0.0, v) for v in vector]


def sigmoid(vector):
    return [1 / (1 + math.exp(-v)) for v in vector]


def add(*vectors):
    return [math.fsum(parts) for parts in zip(*vectors, strict=True)]


def times(a, b):
    return [x * y for x, y in zip(a, b, strict=True)]


def apply_matrix(matrix, vector):
    return [math.fsum(m * v for m, v in zip(row, vector, strict=True)) for row in matrix]


def normed(norm, vector):
    """Batch norm in evaluation mode: by the running statistics."""
    out = []
    for i, v in enumerate(vector):
        v = (v - norm.running_mean[i].item()) / math.sqrt(norm.running_var[i].item() + norm.eps)
        out.append(v * norm.weight[i].item() + norm.bias[i].item() if norm.affine else v)
    return out


def slow_relationship(method, maps, text):
    """One picture: maps (C, h, w) and text (T,)."""
    c, h, w = maps.shape
    axis = {n: [-1 + 2 * i / (n - 1) for i in range(n)] if n > 1 else [0.0] for n in (h, w)}
    places = [[*(maps[k, y, x].item() for k in range(c)), axis[h][y], axis[w][x]] for y in range(h) for x in range(w)]
    total = [0.0] * c
    for first in places:
        for second in places:
            hidden = add(linear(method.first, first), linear(method.second, second), linear(method.text, text.tolist()))
            for layer in (method.pair[1], method.pair[3], method.pair[5]):  # three more: g has four layers
                hidden = linear(layer, relu(hidden))
            total = add(total, relu(hidden))
    after = [t / len(places) ** 2 for t in total]
    for i, layer in enumerate(method.after[::2]):  # f has three
        after = linear(layer, relu(after) if i else after)
    return after


def slow_hashing(method, image, text):
    candidates = linear(method.candidates, text.tolist())
    n = len(image)
    matrix = [[candidates[method.place[i, j]] * method.sign[i, j].item() for j in range(n)] for i in range(n)]
    hidden = relu(linear(method.before[0], image.tolist()))
    return add(apply_matrix(matrix, hidden), method.bias.tolist())


def slow_operator(method, image, text):
    n, share = len(image), linear(method.choose, text.tolist())
    matrix = [
        [float(i == j) + math.fsum(a * method.operators[k, i, j].item() for k, a in enumerate(share)) for j in range(n)]
        for i in range(n)
    ]
    return apply_matrix(matrix, image.tolist())


def slow_mrn(method, image, text):
    state, image = text.tolist(), image.tolist()
    for block in method.blocks:
        seen = linear(block.image[2], [math.tanh(v) for v in linear(block.image[0], image)])
        product = [math.tanh(a) * math.tanh(b) for a, b in zip(linear(block.text, state), seen, strict=True)]
        state = add(linear(block.shortcut, state), product)
    return state


def slow_concatenation(method, image, text):
    norm1, _, linear1, norm2, _, _, linear2 = method.layers
    hidden = linear(linear1, relu(normed(norm1, image.tolist() + text.tolist())))
    return linear(linear2, relu(normed(norm2, hidden)))


def slow_tirg(method, image, text):
    both = image.tolist() + text.tolist()
    norm, _, layer = method.gate
    gated = times(sigmoid(linear(layer, relu(normed(norm, both)))), image.tolist())
    norm, _, layer1, _, layer2 = method.residual
    residual = linear(layer2, relu(linear(layer1, relu(normed(norm, both)))))
    w_g, w_r = method.gate_weight.item(), method.residual_weight.item()
    return [w_g * g + w_r * r for g, r in zip(gated, residual, strict=True)]


def slow_text_only(method, image, text):
    return linear(method.project, text.tolist())


SLOW = {
    "text-only": slow_text_only,
    "concatenation": slow_concatenation,
    "parameter-hashing": slow_hashing,
    "relationship": slow_relationship,
    "mrn": slow_mrn,
    "attribute-as-operator": slow_operator,
    "tirg": slow_tirg,
}
