"""The plan of one initiative."""

from dataclasses import dataclass

from buyin.initiatives.models import DataAgreement, Initiative, Milestone, SharedGoal


@dataclass(frozen=True)
class Plan:
    """Milestones (what is open first), shared goals and agreements about data."""

    milestones: list[Milestone]
    goals: list[SharedGoal]
    agreements: list[DataAgreement]

    @property
    def reached(self) -> int:
        """Return how many milestones are reached."""
        return sum(one.done_on is not None for one in self.milestones)

    @property
    def counted(self) -> int:
        """Return how many milestones there are without those that were given up."""
        return sum(not one.is_given_up for one in self.milestones)

    @property
    def overdue(self) -> int:
        """Return how many milestones should have been reached by now."""
        return sum(one.is_overdue for one in self.milestones)

    @property
    def coming(self) -> list[Milestone]:
        """Return the open milestones, the first due first."""
        return [one for one in self.milestones if one.is_open]


def plan_of(initiative: Initiative) -> Plan:
    """Return the plan of an initiative; four queries for any length."""
    milestones = sorted(initiative.milestones.all(), key=lambda one: not one.is_open)
    return Plan(
        milestones,
        list(initiative.goals.prefetch_related("departments")),
        list(initiative.agreements.select_related("giver", "taker")),
    )
