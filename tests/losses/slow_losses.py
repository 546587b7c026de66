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
