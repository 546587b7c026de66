"""Lesson 06's experiments: the paper's four rows on frozen vectors of several networks, and what is searched with."""
