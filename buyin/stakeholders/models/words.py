"""The words for quadrants and salience classes, which no table holds."""

from django.utils.translation import gettext_lazy as _

from buyin.stakeholders.standing import Quadrant, Salience

QUADRANTS = {
    Quadrant.MANAGE_CLOSELY: _("Manage closely"),
    Quadrant.KEEP_SATISFIED: _("Keep satisfied"),
    Quadrant.KEEP_INFORMED: _("Keep informed"),
    Quadrant.MONITOR: _("Monitor"),
}
SALIENCES = {
    Salience.DEFINITIVE: _("Definitive: power, legitimacy and urgency"),
    Salience.DOMINANT: _("Dominant: power and legitimacy"),
    Salience.DANGEROUS: _("Dangerous: power and urgency"),
    Salience.DEPENDENT: _("Dependent: legitimacy and urgency"),
    Salience.DORMANT: _("Dormant: power alone"),
    Salience.DISCRETIONARY: _("Discretionary: legitimacy alone"),
    Salience.DEMANDING: _("Demanding: urgency alone"),
    Salience.NONE: _("None of power, legitimacy and urgency"),
}
