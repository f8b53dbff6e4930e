"""The one table of moves."""

import pytest

from proposals.stages import FINAL, MOVES, STRAIGHT_WAY, Move, Stage, allows


@pytest.mark.parametrize("stage", sorted(FINAL))
def test_nothing_leaves_a_final_stage(stage: Stage) -> None:
    assert not [move for move in Move if allows(move, stage)]


def test_every_move_has_its_row() -> None:
    assert set(MOVES) == set(Move)


def test_every_stage_can_be_reached_from_a_draft() -> None:
    reached = {Stage.DRAFT}
    for _ in Stage:
        reached |= {step.target for step in MOVES.values() if step.sources & reached}
    assert reached == set(Stage)


def test_a_text_under_vote_cannot_be_withdrawn() -> None:
    assert not allows(Move.WITHDRAW, Stage.VOTING)


def test_only_a_decision_adopts() -> None:
    assert MOVES[Move.ADOPT].sources == {Stage.DECISION}


def test_the_straight_way_is_a_chain_of_moves() -> None:
    for before, after in zip(STRAIGHT_WAY, STRAIGHT_WAY[1:], strict=False):
        assert any(before in step.sources and step.target == after for step in MOVES.values())
