"""The ways in which a poll can be held. A new method is a module here and one line below.

`voting/tally/` counts (pure); a method says how its ballot is filled in, checked, kept and read.
"""

from voting.methods.approve import Approve
from voting.methods.base import InvalidBallot, ItemOutcome, Method
from voting.methods.consensus import Consensus
from voting.methods.schulze import Schulze
from voting.methods.weights import Weights

METHODS: dict[str, Method] = {
    method.name: method for method in (Approve(), Consensus(), Weights(), Schulze())
}

__all__ = ["METHODS", "InvalidBallot", "ItemOutcome", "Method"]
