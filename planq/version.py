"""The version of planq, for what is kept from one to the next."""

__version__ = "0.1.0"
