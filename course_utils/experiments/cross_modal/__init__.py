"""Sentences that look for pictures: what lesson 04 trains, one change at a time, and which features it takes."""
