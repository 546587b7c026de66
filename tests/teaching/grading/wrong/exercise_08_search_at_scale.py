"""Mistakes in exercise 08."""

TABLE = "np.square(pieces[:, m, None] - codebook[m]).sum(axis=2)"
BEST = "best = candidates[np.lexsort((candidates, distances))[:k]]"
FILLED = "np.concatenate([best, np.full(k - len(best), -1)])"
LISTS = "kmeans(rows, round(factor * len(rows) ** 0.5), rounds=10)"
ENOUGH = "recall >= 0.95 and (best is None or share < best[0])"

WRONG = {
    "hand-one-byte-a-number": ("by_hand", [("n * d * 4 / 1e9,", "n * d / 1e9,")], "a float32 number takes four bytes"),
    "hand-bits": ("by_hand", [("n * d * 4 / 1e9,", "n * d * 32 / 1e9,")], "bytes, not bits"),
    "hand-seconds": ("by_hand", [("1000 * n * d", "n * d")], "milliseconds, not seconds"),
    "hand-codes-from-one": ("by_hand", [(".argmin(axis=2)", ".argmin(axis=2) + 1"), ("codebook[np.arange(3), codes]",
                                        "codebook[np.arange(3), codes - 1]")], "count the centroids from 0"),
    "hand-one-codebook": ("by_hand", [("pieces - codebook)", "pieces - codebook[0])")], "centroids of its own"),
    "hand-farthest": ("by_hand", [(".argmin(axis=2)", ".argmax(axis=2)")], "the nearest centroid of each part"),
    "hand-root": ("by_hand", [("np.square(query - rounded).sum(axis=1)", "np.linalg.norm(query - rounded, axis=1)")],
                  "squared distances, without the root"),
    "hand-exact-distances": ("by_hand", [("query - rounded", "query - vectors")], "only codes were kept"),
    "no-empty-lists": ("build_lists", [("for i in range(len(centroids))]", "for i in np.unique(own)]")],
                       "as many lists as centroids"),
    "inner-product": ("build_lists", [("np.square(centroids).sum(axis=1) - 2 * rows @ centroids.T",
                                       "-rows @ centroids.T")],
                      "favours long centroids"),
    "absolute-differences": ("build_lists", [("np.square(centroids).sum(axis=1) - 2 * rows @ centroids.T",
                                              "np.abs(rows[:, None] - centroids).sum(axis=2)")],
                             "squares, not absolute differences"),
    "ties-to-the-last": ("build_lists", [("squares.argmin(axis=1)",
                                          "len(centroids) - 1 - squares[:, ::-1].argmin(axis=1)")],
                         "equal distances: the first centroid"),
    "in-several-lists": ("build_lists", [("np.flatnonzero(own == i)", "np.flatnonzero(own <= i)")],
                         "each vector stands in one list"),
    "descending": ("build_lists", [("np.flatnonzero(own == i)", "np.flatnonzero(own == i)[::-1]")],
                              "positions in `rows`, ascending"),
    "short-answer": ("search_lists", [(FILLED, "best")], "always k places"),
    "filled-with-zero": ("search_lists", [("len(best), -1)", "len(best), 0)")], "the other place is -1"),
    "goes-on-until-k": ("search_lists", [
        ("    candidates =", "    while sum(len(lists[i]) for i in visited) < k and probes < len(lists):\n"
         "        probes += 1\n"
         "        visited = np.argsort(np.square(centroids - query).sum(axis=1), kind='stable')[:probes]\n"
         "    candidates =")], "not a position and not a farther list"),
    "skips-empty-lists": ("search_lists", [
        ("[:probes]", "\n    visited = [i for i in visited if len(lists[i])][:probes]")],
        "the nearest list is empty"),
    "places-in-the-lists": ("search_lists", [(BEST, "best = np.argsort(distances, kind='stable')[:k]")],
                            "two lists: 9 is nearest"),
    "list-after-list": ("search_lists", [
        (BEST, "rank = np.concatenate([np.full(len(lists[i]), n) for n, i in enumerate(visited)])\n"
               "    best = candidates[np.lexsort((candidates, distances, rank))[:k]]")], "not the nearest list"),
    "ties-by-list": ("search_lists", [("np.lexsort((candidates, distances))", "np.argsort(distances, kind='stable')")],
                     "the smaller position first"),
    "first-lists": ("search_lists", [("np.argsort(np.square(centroids - query).sum(axis=1), kind=\"stable\")[:probes]",
                                      "np.argsort(np.square(centroids - query).sum(axis=1) if len(rows) < 9 else "
                                      "np.arange(len(lists)), kind='stable')[:probes]")],
                    "visit the lists of the nearest centroids"),
    "same-order": ("recall_at_k", [("(exact[:, :, None] == found[:, None, :]).any(axis=2) & there",
                                    "(exact == found) & there")], "their order does not count"),
    "of-any-query": ("recall_at_k", [("(exact[:, :, None] == found[:, None, :]).any(axis=2)", "np.isin(exact, found)")],
                     "not by those of another query"),
    "nothing-is-found": ("recall_at_k", [(".any(axis=2) & there", ".any(axis=2)")], "-1 in both is no neighbour"),
    "always-by-k": ("recall_at_k", [("there.sum(axis=1)", "there.shape[1]")], "divide by those"),
    "all-hits-together": ("recall_at_k", [("np.mean(hits.sum(axis=1) / there.sum(axis=1))",
                                           "hits.sum() / there.sum()")], "then the mean over queries"),
    "query-rounded": ("asymmetric_distances", [
        (TABLE, f"np.square(codebook[m][{TABLE}.argmin(axis=1)][:, None] - codebook[m]).sum(axis=2)")],
        "leave the query as it is"),
    "lengths-added": ("asymmetric_distances", [(TABLE, "np.linalg.norm(pieces[:, m, None] - codebook[m], axis=2)")],
                      "lengths do not"),
    "first-codebook": ("asymmetric_distances", [(TABLE, TABLE.replace("codebook[m]", "codebook[0]"))],
                       "not those of part 0"),
    "root-at-the-end": ("asymmetric_distances", [("return total", "return np.sqrt(total)")], "without the root"),
    "mean-of-parts": ("asymmetric_distances", [("return total", "return total / parts")], "not their mean"),
    "every-fourth-number": ("asymmetric_distances", [
        ("queries.reshape(len(queries), parts, length)",
         "queries.reshape(len(queries), length, parts).transpose(0, 2, 1)")], "a run of numbers"),
    "rule-of-thumb": ("choose", [("return best[1:]", "return kmeans(rows, round(len(rows) ** 0.5)), 1")],
                      "is not 0.05 above the rule of thumb"),
    "a-few-more": ("choose", [("return best[1:]", "return kmeans(rows, round(len(rows) ** 0.5)), 3")],
                   "visit more lists"),
    "everything-visited": ("choose", [("return best[1:]", "return best[1], len(best[1])")], "more than a tenth"),
    "centroids-are-free": ("choose", [("return best[1:]", "return rows[::4], 40")], "centroids cost, too"),
    "number-of-lists": ("choose", [("return best[1:]", "return len(best[1]), best[2]")], "the centroids themselves"),
    "centroids-only": ("choose", [("return best[1:]", "return best[1]")], "choose returns two things"),
    "share-for-lists": ("choose", [("return best[1:]", "return best[1], 0.1")], "a whole number from 1"),
    "settings-of-one-gallery": ("choose", [("return best[1:]", "return kmeans(rows, 141), 6")],
                                "choose on the rows and queries"),
    "always-eight-hundred": ("choose", [("(0.5, 1, 2)", "(1,)"), (LISTS, "kmeans(rows, 800, rounds=5)")],
                             "has to follow the number of vectors"),
    "another-seed-each-time": ("choose", [(LISTS, LISTS[:-1] + ", seed=np.random.default_rng().integers(10**6))")],
                               "fix the seed"),
    "moves-the-rows": ("choose", [("    best = None", "    rows -= rows.mean(axis=0)\n    best = None")],
                       "rows or queries were changed"),
    "queries-as-centroids": ("choose", [("return best[1:]", "return queries, 8")], "new queries"),
}  # fmt: skip
