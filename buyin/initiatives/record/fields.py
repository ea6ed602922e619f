"""All fields of the AI system record, in the order of the form.

Names are those of the federal inventory wherever it has the field, else those of the UK's
transparency standard (ATRS), else our own.
"""

from dataclasses import replace

from .answering import ANSWERING
from .building import BUILDING
from .identity import IDENTITY
from .material import MATERIAL
from .parts import Field, Group
from .purpose import PURPOSE
from .risk import RISK
from .working import WORKING


def _in_group(group: Group) -> Group:
    return replace(group, fields=tuple(replace(field, group=group.name) for field in group.fields))


GROUPS: tuple[Group, ...] = tuple(
    _in_group(group) for group in (IDENTITY, PURPOSE, WORKING, BUILDING, MATERIAL, RISK, ANSWERING)
)
FIELDS: tuple[Field, ...] = tuple(field for group in GROUPS for field in group.fields)
BY_NAME: dict[str, Field] = {field.name: field for field in FIELDS}
