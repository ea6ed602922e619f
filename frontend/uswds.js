// The behaviours of the design system that the portal uses; each page also works without them.
import characterCount from "@uswds/uswds/js/usa-character-count";
import comboBox from "@uswds/uswds/js/usa-combo-box";
import skipnav from "@uswds/uswds/js/usa-skipnav";
import table from "@uswds/uswds/js/usa-table";

const behaviours = [characterCount, comboBox, skipnav, table];

document.addEventListener("DOMContentLoaded", () => {
  behaviours.forEach((behaviour) => behaviour.on(document.body));
});
document.addEventListener("htmx:after:swap", (event) => {
  behaviours.forEach((behaviour) => behaviour.init?.(event.target));
});
