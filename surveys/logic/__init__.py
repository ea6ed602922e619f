"""Which questions are asked, and what follows from the answers: relevance, limits, computed values.

`plan_of` prepares a definition once, `state_of` says where one person stands in it, `read` reads
answers as `surveys.answers.read` does, but only those that were asked. Answers are looked at in the
order in which they need each other, so that one walk reaches the state that nothing changes any
more. A survey without any condition costs nothing here.
"""

from .browser import browser_data, given_elsewhere
from .pages import asks_on, page_after, page_before, place_of
from .piping import GAP, label_of, labels_of, piped
from .plan import Plan, gate_of_choice, plan_of
from .reading import read, read_page
from .state import State, state_of

__all__ = [
    "GAP",
    "Plan",
    "State",
    "asks_on",
    "browser_data",
    "gate_of_choice",
    "given_elsewhere",
    "label_of",
    "labels_of",
    "page_after",
    "page_before",
    "piped",
    "place_of",
    "plan_of",
    "read",
    "read_page",
    "state_of",
]
