"""Counting, one module a method: pure, in integers and fractions, without Django."""
