"""The values that may be chosen in an AI system record.

The code that is kept is the short form of the federal inventory, `long` the wording of its form.
"""

from django.utils.translation import gettext_lazy as _

from .parts import DEPLOYED, PILOT, PRE_DEPLOYMENT, RETIRED, Choice

YES_NO = (
    Choice("Yes", _("Yes"), "Yes", ("true", "y")),
    Choice("No", _("No"), "No", ("false", "n")),
)

WITHHELD = (
    Choice("No", _("No, everybody may read it"), "a) No"),
    Choice(
        "Yes - Disclosure Risk",
        _("Yes, making it public would do harm that the law recognises"),
        "b) Yes – agency has determined that there’s a risk to disclosure, such as a harm to an "
        "interest protected by a FOIA exemption",
    ),
    Choice(
        "Yes - Prohibited by Law",
        _("Yes, the law forbids making it public"),
        "c) Yes – disclosure is prohibited by law",
    ),
    Choice("Other", _("Yes, for another reason"), "d) Other"),
)

STAGES = (
    Choice(
        PRE_DEPLOYMENT,
        _("Pre-deployment: it is being developed or bought"),
        "a) Pre-deployment – The use case is in a development or acquisition status.",
        ("Acquisition and/or Development", "Planned", "Ideation"),
    ),
    Choice(
        PILOT,
        _("Pilot: it is used in a limited trial"),
        "b) Pilot – The use case has been deployed in a limited test or pilot capacity.",
        ("Beta/Pilot", "Private beta", "Public beta"),
    ),
    Choice(
        DEPLOYED,
        _("Deployed: it is used in daily work"),
        "c) Deployed – The use case is being actively authorized or utilized to support the "
        "functions or mission of an agency.",
        ("Operation and Maintenance", "Production", "In production", "In mission"),
    ),
    Choice(
        RETIRED,
        _("Retired: it was reported before and is no longer used"),
        "d) Retired – The use case was reported in the agency’s prior year’s inventory, but its "
        "development and/or use has since been discontinued.",
    ),
)

IMPACT = (
    Choice(
        "High-impact",
        _("High-impact: it weighs on decisions about people's rights or safety"),
        "a) High-impact",
        ("yes",),
    ),
    Choice(
        "Presumed High-Impact, but Not High-impact",
        _("Presumed high-impact, but found not to be"),
        "b) Presumed high-impact, but determined not high impact",
        ("b) Presumed high-impact but determined not high-impact",),
    ),
    Choice("Not High-impact", _("Not high-impact"), "c) Not high-impact", ("no",)),
)

TOPICS = (
    Choice("Admin Functions", _("Administration"), "Administrative Functions"),
    Choice("Cybersecurity", _("Cybersecurity"), "Cybersecurity", ("Cybersecurity Operations",)),
    Choice("Emergency Mgmt", _("Emergency management"), "Emergency Management"),
    Choice("Energy and Environment", _("Energy and environment"), "Energy and the Environment"),
    Choice("Benefits Processing", _("Public benefits"), "Government Benefits Processing"),
    Choice("Health and Medical", _("Health"), "Health and Medical"),
    Choice("HR", _("Human resources"), "Human Resources"),
    Choice("IT", _("Information technology"), "Information Technology"),
    Choice("International Affairs", _("International affairs"), "International Affairs"),
    Choice("Law Enforcement", _("Law enforcement"), "Law Enforcement"),
    Choice("Other", _("Other"), "Other"),
    Choice(
        "Procurement and Finance Mgmt",
        _("Procurement and finance"),
        "Procurement and Financial Management",
    ),
    Choice("Science", _("Science"), "Science"),
    Choice("Service Delivery", _("Services to the public"), "Service Delivery"),
    Choice("Transportation", _("Transportation"), "Transportation"),
)

CLASSIFICATIONS = (
    Choice(
        "Agentic AI",
        _("Agentic AI: carries out tasks or decides with little human help"),
        "Agentic AI: AI systems that perform tasks or make decisions autonomously with minimal "
        "human intervention.",
        ("agentic-ai",),
    ),
    Choice(
        "Classical ML",
        _("Prediction: learned from data to sort or to forecast"),
        "Classical/Predictive Machine Learning: Models trained on data to make predictions or "
        "classifications based on identified patterns or relationships.",
        (
            "Classical/Predictive Machine Learning",
            "Machine Learning",
            "Machine Learning (Classification/Prediction)",
            "Intelligent Automations (AIOps)",
            "Intelligent Automation (AIOps)",
        ),
    ),
    Choice(
        "Computer Vision",
        _("Computer vision: reads pictures or videos"),
        "Computer Vision: AI that processes and interprets visual data (e.g., images and videos).",
        (
            (
                "Computer Vision - AI that processes and interprets visual data "
                "(e.g.; images and videos)."
            ),
        ),
    ),
    Choice(
        "Generative AI",
        _("Generative AI: writes or makes new content"),
        "Generative AI: AI that generates new or synthetic content (e.g., images, videos, audio, "
        "text, code).",
        ("Gen AI", "GenAI"),
    ),
    Choice(
        "NLP",
        _("Language: reads, sorts or answers what people write or say"),
        "Natural Language Processing: AI that processes, interprets, and shares information in "
        "human language.",
        ("Natural Language Processing (NLP)", "Natural Language Processing"),
    ),
    Choice(
        "Reinforcement Learning",
        _("Reinforcement learning: learned by trial and error"),
        "Reinforcement Learning: AI trained through trial and error using rewards and penalties "
        "to optimize decision-making policies.",
    ),
    Choice("Other", _("Other"), "Other"),
)

CONTRACTING = (
    Choice(
        "Vendor Purchased",
        _("Bought from a supplier"),
        "a) Purchased from a vendor",
        (
            "vendor",
            "Exclusively developed with contract/external resources.",
            "Developed with contracting resources.",
        ),
    ),
    Choice(
        "In-house Development",
        _("Built in-house"),
        "b) Developed in-house",
        (
            "Developed in house",
            "in house",
            "in-house",
            "No contract/external resources used in development.",
        ),
    ),
    Choice(
        "Contracting and In House",
        _("Built together with a supplier"),
        "c) Developed with both contracting and in-house resources",
        (
            "in house and contractor",
            "in house & contractor",
            "Developed with a combination of in-house and contract/external resources.",
            (
                "Both, the AI was developed by a vendor but it was substantially customized "
                "in-house or by a contractor"
            ),
        ),
    ),
)

DEMOGRAPHICS = (
    Choice(
        "Race/Ethnicity",
        _("Race or ethnicity"),
        "a) Race/Ethnicity",
        ("race", "ethnicity", "race / ethnicity"),
    ),
    Choice("Sex", _("Sex"), "b) Sex", ("sex/gender",)),
    Choice("Age", _("Age"), "c) Age"),
    Choice("Religious Affiliation", _("Religion"), "d) Religious Affiliation"),
    Choice("Socioeconomic Status", _("Social and economic status"), "e) Socioeconomic Status"),
    Choice("Ability Status", _("Disability"), "f) Ability Status"),
    Choice("Residency Status", _("Residency"), "g) Residency Status"),
    Choice("Marital Status", _("Marital status"), "h) Marital Status"),
    Choice("Income", _("Income"), "i) Income", ("l) income",)),
    Choice("Employment Status", _("Employment"), "j) Employment Status"),
    Choice(
        "None of the above",
        _("None of these"),
        "k) None of the above",
        ("None", "na", "n/a", "not applicable"),
    ),
    Choice("Other", _("Other"), "l) Other", ("I) Other", "i) other")),
)
