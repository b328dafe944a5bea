"""Network analysis of human-trafficking rings, from case records to ring maps."""

__version__ = "0.1.0"
