"""Bring files onto this machine: transport, checksums, archives, plain-data pickles. One idea a file."""
