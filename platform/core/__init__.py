"""Pure Python that all apps stand on: no Django here."""
