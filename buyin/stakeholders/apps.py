from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

RECORDED = ("Organisation", "Person", "Post", "Interest", "Assessment", "Relationship", "Raci")


class StakeholdersConfig(AppConfig):
    name = "buyin.stakeholders"
    label = "stakeholders"
    verbose_name = _("Stakeholders")

    def ready(self) -> None:
        """Keep the history of everything that is noted about stakeholders."""
        auditlog = import_module("auditlog.registry").auditlog
        for name in (*RECORDED, "ConsentEvent", "Commitment", "CommitmentEntry"):
            auditlog.register(self.get_model(name))
        for name in ("Engagement", "Participation", "DiscussionPoint"):
            auditlog.register(self.get_model(name))
        auditlog.register(self.get_model("LegalHold"))
        auditlog.register(self.get_model("MergeRecord"), exclude_fields=["snapshot"])
        auditlog.register(
            self.get_model("Stakeholder"), m2m_fields={"tags"}, exclude_fields=["last_contact_on"]
        )
        auditlog.register(self.get_model("Group"), m2m_fields={"members"})
        auditlog.register(
            self.get_model("PlannedActivity"),
            m2m_fields={"stakeholders"},
            exclude_fields=["reminder"],
        )
