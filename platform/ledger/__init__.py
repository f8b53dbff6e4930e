"""The append-only, hash-chained audit trail that every other app writes to."""
