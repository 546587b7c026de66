"""The five published systems of the course as block diagrams, one function each; every function returns a Figure."""

from diagrams.systems import boosting, composition, cross_modal, image_retrieval, zero_shot

__all__ = ["boosting", "composition", "cross_modal", "image_retrieval", "zero_shot"]
