"""Attacks on the vote, each with its control: the same attack where nothing protects succeeds."""
