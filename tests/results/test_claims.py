import numpy as np
import pytest
import torch

from course_utils.results.claims import ClaimFailed, claim

NAN = float("nan")


def test_a_claim_that_holds_prints_one_line_without_measured_numbers(capsys):
    claim("triplet ranks better than Siamese", 0.4321, ">", 0.1234, by=0.05)
    assert capsys.readouterr().out == "holds: triplet ranks better than Siamese (by at least 0.05)\n"


def test_the_other_forms_of_the_line(capsys):
    claim("KNN and FAISS agree", [1, 2], "==", [1, 2])
    claim("size matters little", 0.50, "~", 0.51, by=0.02)
    claim("size matters", 0.6, ">", 0.5, source="size matters little")
    assert capsys.readouterr().out.splitlines() == [
        "holds: KNN and FAISS agree",
        "holds: size matters little (within 0.02)",
        'holds, unlike in the source ("size matters little"): size matters',
    ]


@pytest.mark.parametrize(
    ("left", "op", "right", "by"),
    [
        (0.14, ">", 0.10, 0.05),
        (0.10, ">", 0.10, 0.0),
        (0.10, "<", 0.14, 0.05),
        (0.2, "<", 0.1, 0.0),
        (0.5, "~", 0.6, 0.05),
        (1, "==", 2, 0.0),
        (NAN, ">", 0.1, 0.0),
        (0.1, "<", NAN, 0.0),
        (NAN, "~", NAN, 0.1),
        (NAN, "==", NAN, 0.0),
        (np.inf, "~", np.inf, 0.1),
        (torch.tensor(NAN), ">", 0, 0.1),
        ([0.9, 0.2], ">", 0.5, 0.0),
        ([0.9, NAN], ">", 0.5, 0.0),
        ([1, 2], "==", [1, 3], 0.0),
        ([1, 2], "==", [[1, 2]], 0.0),
        (["a"], "==", ["b"], 0.0),
        ([], "==", [], 0.0),
        ([], ">", 0.5, 0.0),
    ],
)
def test_a_claim_that_does_not_hold_fails_and_prints_nothing(capsys, left, op, right, by):
    with pytest.raises(ClaimFailed, match="does not hold: so it is"):
        claim("so it is", left, op, right, by=by)
    assert capsys.readouterr().out == ""


def test_the_failure_names_the_numbers_and_counts_as_a_failed_assertion():
    with pytest.raises(AssertionError, match=r"left 0\.14, right 0\.1$"):
        claim("better", 0.14, ">", 0.1, by=0.05)
    with pytest.raises(ClaimFailed, match=r"left 0\.14, right nan; a NaN cannot be compared"):
        claim("better", 0.14, ">", NAN)
    with pytest.raises(ClaimFailed, match=r"left 0\.2, right 0\.5 at \(1,\), the first of 2 in 3 elements"):
        claim("better", [0.9, 0.2, 0.3], ">", 0.5)


def test_a_margin_that_is_met_exactly_counts_whatever_the_binary_rounding():
    assert 0.15 - 0.10 < 0.05  # what the margin has to survive
    claim("better", 0.15, ">", 0.10, by=0.05)
    claim("the same", 0.15, "~", 0.10, by=0.05)


@pytest.mark.parametrize(
    ("op", "by", "problem"),
    [
        (">=", 0.0, "operator '>=' is unknown"),
        (">", -0.1, "not negative"),
        (">", NAN, "finite"),
        ("~", 0.0, "needs a margin"),
        ("==", 0.1, "exact"),
    ],
)
def test_a_claim_that_is_not_well_put_is_refused(op, by, problem):
    with pytest.raises(ValueError, match=problem):
        claim("x", 2, op, 1, by=by)
