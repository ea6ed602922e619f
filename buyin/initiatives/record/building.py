"""Fields that say who built the system and how it was bought."""

from django.utils.translation import gettext_lazy as _

from .choices import CONTRACTING, YES_NO
from .parts import DEPLOYED, IN_USE, PILOT, Field, Group, Kind, Needed, Tier

BUILDING = Group(
    "building",
    _("Who built it"),
    _("Suppliers, contracts, permission to operate, and source code."),
    (
        Field(
            "contracting_usage",
            Kind.CHOICE,
            _("Bought, or built in-house?"),
            _("Who made the system that is used here."),
            choices=CONTRACTING,
            needed=IN_USE,
            standard="OMB 2025",
            order="2.1.4",
        ),
        Field(
            "vendor_name",
            Kind.TEXT,
            _("Suppliers"),
            _("The companies that sold or built it."),
            example=_("Example Software Ltd"),
            needed=Needed(
                stages=frozenset({PILOT, DEPLOYED}),
                after="contracting_usage",
                answers=frozenset({"Vendor Purchased", "Contracting and In House"}),
            ),
            standard="OMB 2025",
            order="2.1.4.1",
            longest=500,
        ),
        Field(
            "third_party_role",
            Kind.LONG,
            _("What does the supplier do?"),
            _("Who delivers, who runs and who changes it."),
            example=_("Delivers the software; the agency runs it on its own servers."),
            tier=Tier.ATRS,
            standard="ATRS 4",
            order="2.1.4.3",
        ),
        Field(
            "procurement_procedure_type",
            Kind.TEXT,
            _("How was it bought?"),
            _("The procedure by which the contract was made."),
            example=_("Open procedure"),
            tier=Tier.ATRS,
            standard="ATRS 4",
            order="2.1.4.4",
            longest=500,
        ),
        Field(
            "data_access_terms",
            Kind.LONG,
            _("Which of our data may the supplier see?"),
            _("What the contract says about access, and about learning from our data."),
            example=_("None. The contract forbids training with our letters."),
            tier=Tier.ATRS,
            standard="ATRS 4",
            order="2.1.4.5",
        ),
        Field(
            "have_ato",
            Kind.YES_NO,
            _("Is there a permission to operate?"),
            _("The security authorisation for the system that this runs in."),
            choices=YES_NO,
            needed=IN_USE,
            standard="OMB 2025",
        ),
        Field(
            "system_name_ato",
            Kind.TEXT,
            _("Which system has the permission?"),
            _("The name of the authorised system."),
            example=_("Case management"),
            needed=Needed(
                stages=frozenset({PILOT, DEPLOYED}), after="have_ato", answers=frozenset({"Yes"})
            ),
            standard="OMB 2025",
            longest=500,
        ),
        Field(
            "has_custom_code",
            Kind.YES_NO,
            _("Was code written for it?"),
            _("Code of our own or by order, beyond settings of a product."),
            choices=YES_NO,
            needed=IN_USE,
            standard="OMB 2025",
        ),
        Field(
            "code_url",
            Kind.LINK,
            _("Where is the code?"),
            _("The address of the public source code, if it is open."),
            example="https://code.fairhaven.example/permits",
            standard="OMB 2025",
            longest=1100,
        ),
    ),
)
