"""Casewatch: a hate-crime procedure as working bases on a low-code platform. This package is the front door."""

__version__ = "0.1.0"
