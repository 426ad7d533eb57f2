"""Pieces of work done by the workers of a Dask cluster, on this machine or on others."""
