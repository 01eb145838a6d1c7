"""Fixtures that the hidden checks of several notebooks share."""
