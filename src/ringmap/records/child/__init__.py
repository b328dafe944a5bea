"""Parsers that run in a process of their own; they import the standard library and each other."""
