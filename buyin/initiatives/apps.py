from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class InitiativesConfig(AppConfig):
    name = "buyin.initiatives"
    label = "initiatives"
    verbose_name = _("AI initiatives")

    def ready(self) -> None:
        """Keep the history of initiatives and of what hangs on them."""
        auditlog = import_module("auditlog.registry").auditlog
        auditlog.register(self.get_model("Initiative"), m2m_fields={"departments"})
        for name in ("Benefit", "Measurement", "Decision", "RaidItem", "Story"):
            auditlog.register(self.get_model(name), exclude_fields=["made_by_form"])
        auditlog.register(self.get_model("SystemRecord"), exclude_fields=["values"])
        auditlog.register(
            self.get_model("Publication"),
            include_fields=["record", "version", "note", "ended_at", "taken_back"],
        )
        auditlog.register(
            self.get_model("InventoryImport"),
            include_fields=["name", "source", "state", "done_at", "undone_at"],
        )
        # Each finished version keeps its answers itself, for good.
        auditlog.register(
            self.get_model("ImpactAssessment"), exclude_fields=["answers", "changed_at"]
        )
        auditlog.register(self.get_model("DecisionInput"))
        auditlog.register(self.get_model("SharedGoal"), m2m_fields={"departments"})
        auditlog.register(self.get_model("Update"), exclude_fields=["made_by_form"])
        for name in ("StageChange", "Milestone", "DataAgreement"):
            auditlog.register(self.get_model(name))
