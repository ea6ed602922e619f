// Draws the charts of a page; without it, or where it fails, the table below says the same.
(() => {
  const config = {
    responsive: false,
    displaylogo: false,
    // Nothing is ever sent to another host.
    plotlyServerURL: "",
    showSendToCloud: false,
    modeBarButtonsToRemove: ["sendChartToCloud", "lasso2d", "select2d", "autoScale2d", "zoom2d"],
  };

  // Plotly reads some markup in labels, links among it: only line breaks and bold may stay.
  const allowed = /&lt;(\/?b|br|extra|\/extra)&gt;/g;
  const plain = (value) => {
    if (typeof value === "string") {
      return value.replace(/</g, "&lt;").replace(/>/g, "&gt;").replace(allowed, "<$1>");
    }
    if (Array.isArray(value)) return value.map(plain);
    if (value && typeof value === "object") {
      return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, plain(item)]));
    }
    return value;
  };

  const draw = (place) => {
    const source = document.getElementById(place.dataset.plot);
    if (!source || !window.Plotly) return;
    const figure = plain(JSON.parse(source.textContent));
    const layout = { ...figure.layout, width: place.clientWidth };
    window.Plotly.react(place, figure.data, layout, config);
  };

  const drawAll = () => document.querySelectorAll("[data-plot]").forEach(draw);
  document.addEventListener("DOMContentLoaded", drawAll);
  document.addEventListener("htmx:after:swap", drawAll);
  window.addEventListener("resize", drawAll);
})();
