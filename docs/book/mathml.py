"""Formulas as MathML, made while the book is built: every browser draws them, and no script has to be fetched."""

from docutils import nodes
from latex2mathml.converter import convert


def formula(self, node: nodes.Node) -> None:
    """Write one formula, in the line or in a line of its own."""
    block = isinstance(node, nodes.math_block)
    markup = convert(node.astext(), display="block" if block else "inline")
    self.body.append(f'<div class="math">{markup}</div>' if block else markup)
    raise nodes.SkipNode


def setup(app) -> dict:
    app.add_node(nodes.math, override=True, html=(formula, None), revealjs=(formula, None))
    app.add_node(nodes.math_block, override=True, html=(formula, None), revealjs=(formula, None))
    return {"parallel_read_safe": True, "parallel_write_safe": True}
