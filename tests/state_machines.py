"""How state machines are run: by parts, so that several processes share them."""

from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis.stateful import RuleBasedStateMachine, run_state_machine_as_test


def run_part(machine: type[RuleBasedStateMachine], part: int, *, examples: int, steps: int) -> None:
    """One part of the runs of a machine, drawn from a seed of its own.

    What is drawn still depends on Hypothesis, which tries the figures of the code as well: a new
    commit may be given other deeds. So what a test asks of the deeds themselves has to be modest.
    """
    run_state_machine_as_test(
        seed(part)(machine),
        settings=settings(
            max_examples=examples,
            stateful_step_count=steps,
            deadline=None,
            database=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        ),
    )
