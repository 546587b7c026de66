"""Every picture of a notebook's output gets an alternative text: what its section is about."""

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform


class Alternatives(SphinxPostTransform):
    """Notebooks store figures without a description; the heading above says what they show."""

    default_priority = 900

    def run(self, **kwargs) -> None:
        for image in self.document.findall(nodes.image):
            if not image.get("alt"):
                image["alt"] = f"Figure of the section “{_heading(image)}”"


def _heading(node: nodes.Node) -> str:
    while node.parent is not None:
        node = node.parent
        if isinstance(node, nodes.section):
            return node[node.first_child_matching_class(nodes.title)].astext()
    return "Start"


def setup(app) -> dict:
    app.add_post_transform(Alternatives)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
