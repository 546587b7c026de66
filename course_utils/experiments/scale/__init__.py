"""Lesson 08's experiments: time of exact search, what an index trades, what a database adds, what a fan-out costs."""
