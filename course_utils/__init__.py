"""Helpers of the image retrieval course: the notebooks tell the story, this package computes."""
