// A clock beside each time of a task; without it the time is written by hand.
(() => {
  const form = document.querySelector("form[data-start]");
  if (!form) return;
  const written = (seconds) => `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;

  const secondsIn = (text) => {
    const [, minutes, seconds] = /^\s*(?:(\d+):)?(\d+)\s*$/.exec(text) || [null, 0, 0];
    return Number(minutes || 0) * 60 + Number(seconds);
  };

  const give = (field) => {
    const button = document.createElement("button");
    let began = 0;
    let before = 0;
    let tick;
    const label = document.querySelector(`label[for="${field.id}"]`)?.textContent.trim() || "";
    const name = (word) => {
      button.textContent = word;
      button.setAttribute("aria-label", `${word}: ${label}`);
    };
    const show = () => {
      field.value = written(before + Math.round((Date.now() - began) / 1000));
    };
    const tell = () => field.dispatchEvent(new Event("input", { bubbles: true }));
    button.type = "button";
    button.className = "usa-button usa-button--outline timer";
    name(form.dataset.start);
    button.addEventListener("click", () => {
      if (tick) {
        clearInterval(tick);
        tick = null;
        show();
        tell();
        name(form.dataset.start);
        return;
      }
      before = secondsIn(field.value);
      began = Date.now();
      show();
      tick = setInterval(show, 1000);
      name(form.dataset.stop);
    });
    // What is written by hand counts from there on.
    field.addEventListener("input", (event) => {
      if (!tick || !event.isTrusted) return;
      before = secondsIn(field.value);
      began = Date.now();
    });
    // Time that runs is saved with everything else when the page is left or sent.
    document.addEventListener("visibilitychange", () => tick && document.hidden && tell());
    form.addEventListener("submit", () => tick && show(), true);
    field.after(button);
  };

  form.querySelectorAll('input[name^="q_task_"][name$="_time"]').forEach(give);
})();
