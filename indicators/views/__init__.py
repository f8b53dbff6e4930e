"""Pages of indicators and sets."""
