"""Lesson 05's experiments: a sentence finds pictures of species that nobody has shown.

tasks      a split between species, with the vectors of its pictures and sentences
answers    the linear map, its ridge chosen on held-out species, and the measures of a search
wordings   sentences in words that the map has never read
mixed      a gallery of seen and unseen species
leakage    species that the picture network met in its pretraining
"""
