"""Lists of people and the department tree."""

from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from buyin.accounts.models import Department, RoleAssignment, User, in_tree_order, subtree_ids


@dataclass(frozen=True)
class Search:
    """What somebody looks for in the list of people."""

    words: str = ""
    department: str = ""
    role: str = ""
    is_active: bool | None = True


def find_people(*, viewer: User, search: Search) -> QuerySet[User]:
    """Return the people whom the viewer may look up and who fit, with what a list shows."""
    found: QuerySet[User] = User.objects.visible_to(viewer).select_related("department")
    if search.is_active is not None:
        found = found.filter(is_active=search.is_active)
    for word in search.words.split()[:5]:
        found = found.filter(Q(name__icontains=word) | Q(email__icontains=word))
    if search.department:
        tops = Department.objects.filter(code=search.department).values_list("pk", flat=True)
        found = found.filter(department__in=subtree_ids(tops))
    if search.role:
        found = found.filter(
            pk__in=User.objects.filter(role_assignments__role=search.role).values("pk")
        )
    return found.prefetch_related("role_assignments__department")


MOST_LIKELY = 100


def likely_people(viewer: User) -> QuerySet[User]:
    """Return who is likely to be named for a piece of work, by name: at most 100 who hold a role.

    None whom the viewer may not look up by name, and nobody whose account is closed.
    """
    holders = RoleAssignment.objects.order_by().values("person")
    found: QuerySet[User] = User.objects.visible_to(viewer).active().filter(pk__in=holders)
    return found.order_by("name", "pk")[:MOST_LIKELY]


@dataclass(frozen=True)
class Branch:
    """One line of the department tree."""

    department: Department
    depth: int
    accounts: int
    headcount_below: int


def department_tree(*, viewer: User) -> list[Branch]:
    """Return the departments that the viewer may look into, in tree order, with their sizes."""
    departments = Department.objects.visible_to(viewer).select_related("head")
    ordered = in_tree_order(departments)
    people = User.objects.active().order_by().values_list("department").annotate(Count("pk"))
    accounts: dict[int, int] = dict(people)
    branches = []
    for position, (depth, department) in enumerate(ordered):
        below = department.headcount
        for deeper, other in ordered[position + 1 :]:
            if deeper <= depth:
                break
            below += other.headcount
        branches.append(Branch(department, depth, accounts.get(department.pk, 0), below))
    return branches
