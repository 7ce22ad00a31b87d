"""Lighthouse, for the figures of a first load. Not part of a plain run: it measures the machine as well."""
