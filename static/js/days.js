// Lets one move through the days with a slider; without it the field for the day does the same.
(() => {
  const DAY = 86400000;
  const MOVED = "moved-through-time"; // whether it was the slider that asked for this page
  const WAIT = 500; // keys move the slider day by day; the page is asked for once they rest

  const day = (text) => Date.parse(`${text}T00:00:00Z`);

  const slide = (place) => {
    const field = document.getElementById(place.dataset.days);
    const range = place.querySelector("input");
    const first = day(place.dataset.first);
    range.max = Math.round((day(place.dataset.last) - first) / DAY);
    range.value = Math.round((day(field.value || place.dataset.last) - first) / DAY);
    place.hidden = false;
    const say = () => range.setAttribute("aria-valuetext", field.value);
    say();
    let pause;
    range.addEventListener("input", () => {
      field.value = new Date(first + range.value * DAY).toISOString().slice(0, 10);
      say();
      clearTimeout(pause);
      pause = setTimeout(() => {
        sessionStorage.setItem(MOVED, "yes");
        field.form.requestSubmit();
      }, WAIT);
    });
    field.addEventListener("change", () => {
      range.value = Math.round((day(field.value) - first) / DAY);
      say();
    });
    // Whoever moved it goes on moving it.
    if (sessionStorage.getItem(MOVED)) range.focus();
    sessionStorage.removeItem(MOVED);
  };

  document.addEventListener("DOMContentLoaded", () => {
    document.querySelectorAll("[data-days]").forEach(slide);
  });
})();
