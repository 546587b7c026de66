"""The losses once more, as slow and explicit as possible: loops over pairs, triplets and anchors on plain numbers.

Rows may be lists, arrays or tensors; margin None means the soft margin, log(1 + exp(gap)).
"""

import math


def distance(a, b):
    return math.sqrt(math.fsum((float(x) - float(y)) ** 2 for x, y in zip(a, b, strict=True)))


def cosine(a, b):
    product = math.fsum(float(x) * float(y) for x, y in zip(a, b, strict=True))
    return product / (math.hypot(*map(float, a)) * math.hypot(*map(float, b)))


def mean(values):
    return math.fsum(values) / len(values)


def triplet_cost(a, p, n, margin):
    gap = distance(a, p) - distance(a, n)
    return math.log(1 + math.exp(gap)) if margin is None else max(0.0, gap + margin)


def slow_contrastive(first, second, same, margin):
    costs = []
    for a, b, alike in zip(first, second, same, strict=True):
        d = distance(a, b)
        costs.append(d**2 if alike else max(0.0, margin - d) ** 2)
    return mean(costs)


def slow_triplet(anchors, positives, negatives, margin):
    return mean([triplet_cost(a, p, n, margin) for a, p, n in zip(anchors, positives, negatives, strict=True)])


def slow_batch_hard(z, labels, margin):
    costs = []
    for i, label in enumerate(labels):
        positives = [j for j, other in enumerate(labels) if other == label and j != i]
        negatives = [j for j, other in enumerate(labels) if other != label]
        if positives and negatives:
            p = max(positives, key=lambda j: distance(z[i], z[j]))
            n = min(negatives, key=lambda j: distance(z[i], z[j]))
            costs.append(triplet_cost(z[i], z[p], z[n], margin))
    return mean(costs)


def slow_semi_hard(z, labels, margin):
    costs = []
    for i, label in enumerate(labels):
        negatives = sorted((distance(z[i], z[j]), j) for j, other in enumerate(labels) if other != label)
        for p, other in enumerate(labels):
            if other == label and p != i:
                farther = [n for d, n in negatives if d > distance(z[i], z[p])]
                n = farther[0] if farther else negatives[-1][1]
                costs.append(triplet_cost(z[i], z[p], z[n], margin))
    return mean(costs)


def slow_batch_all(z, labels, margin):
    active = []
    for i in range(len(z)):
        for p in range(len(z)):
            for n in range(len(z)):
                if i != p and labels[i] == labels[p] and labels[i] != labels[n]:
                    cost = triplet_cost(z[i], z[p], z[n], margin)
                    if cost > 0:
                        active.append(cost)
    return mean(active) if active else 0.0


def slow_info_nce(queries, targets, temperature, both_directions=False):
    costs = []
    for i, query in enumerate(queries):
        total = sum(math.exp(cosine(query, target) / temperature) for target in targets)
        costs.append(-math.log(math.exp(cosine(query, targets[i]) / temperature) / total))
    if both_directions:
        return (mean(costs) + slow_info_nce(targets, queries, temperature)) / 2
    return mean(costs)


def slow_supervised_contrastive(z, labels, temperature):
    per_anchor = []
    for i, label in enumerate(labels):
        total = sum(math.exp(cosine(z[i], z[a]) / temperature) for a in range(len(z)) if a != i)
        positives = [p for p, other in enumerate(labels) if other == label and p != i]
        if positives:
            shares = [math.exp(cosine(z[i], z[p]) / temperature) / total for p in positives]
            per_anchor.append(mean([-math.log(share) for share in shares]))
    return mean(per_anchor)


def log_share(scores, right):
    return math.log(math.exp(scores[right]) / math.fsum(map(math.exp, scores)))


def slow_cross_entropy(z, labels, proxies):
    products = [[math.fsum(float(a) * float(b) for a, b in zip(x, w, strict=True)) for w in proxies] for x in z]
    return -mean([log_share(scores, y) for scores, y in zip(products, labels, strict=True)])


def slow_arcface(z, labels, proxies, scale, margin):
    """The normalised softmax where margin is 0."""
    costs = []
    for x, y in zip(z, labels, strict=True):
        cosines = [max(-1.0, min(1.0, cosine(x, w))) for w in proxies]
        angle = math.acos(cosines[y])
        beyond = angle + margin >= math.pi
        cosines[y] = cosines[y] - margin * math.sin(margin) if beyond else math.cos(angle + margin)
        costs.append(-log_share([scale * c for c in cosines], y))
    return mean(costs)


def slow_proxy_nca(z, labels, proxies, scale):
    def unit(row):
        return [float(x) / math.hypot(*map(float, row)) for x in row]

    costs = []
    for x, y in zip(z, labels, strict=True):
        near = [math.exp(-scale * distance(unit(x), unit(w)) ** 2) for w in proxies]
        costs.append(-math.log(near[y] / math.fsum(near[c] for c in range(len(near)) if c != y)))
    return mean(costs)


def slow_proxy_anchor(z, labels, proxies, alpha, margin):
    pulls, pushes = [], []
    for c, w in enumerate(proxies):
        own = [math.exp(-alpha * (cosine(x, w) - margin)) for x, y in zip(z, labels, strict=True) if y == c]
        others = [math.exp(alpha * (cosine(x, w) + margin)) for x, y in zip(z, labels, strict=True) if y != c]
        pulls += [math.log(1 + math.fsum(own))] if own else []
        pushes.append(math.log(1 + math.fsum(others)))
    return mean(pulls) + mean(pushes)


def similarities(z, labels, past=(), past_labels=()):
    """Of each row: (cosines with its positives, cosines with its negatives), in the batch and in the past."""
    others, names = [*z, *past], [*labels, *past_labels]
    for i, label in enumerate(labels):
        rest = [j for j in range(len(others)) if j != i]
        cosines = [(cosine(z[i], others[j]), names[j] == label) for j in rest]
        yield [value for value, same in cosines if same], [value for value, same in cosines if not same]


def slow_multi_similarity(pairs, alpha, beta, base, epsilon):
    costs = []
    for positives, negatives in pairs:
        if epsilon is not None:
            hardest, farthest = max(negatives, default=-math.inf), min(positives, default=math.inf)
            positives = [s for s in positives if s < hardest + epsilon]
            negatives = [s for s in negatives if s > farthest - epsilon]
        pull = math.log(1 + math.fsum(math.exp(-alpha * (s - base)) for s in positives)) / alpha
        costs.append(pull + math.log(1 + math.fsum(math.exp(beta * (s - base)) for s in negatives)) / beta)
    return mean(costs)


def slow_contrastive_pairs(pairs, margin):
    return mean([sum(1 - s for s in pos) + sum(s - margin for s in neg if s > margin) for pos, neg in pairs])


def slow_supervised_contrastive_pairs(pairs, temperature):
    costs = []
    for positives, negatives in pairs:
        scores = [s / temperature for s in (*positives, *negatives)]
        if positives:
            costs.append(-mean([log_share(scores, p) for p in range(len(positives))]))
    return mean(costs) if costs else 0.0
