// Saves a page of a survey while it is typed. Without this script the buttons save; with it a dead
// network, a sleeping phone or a closed tab costs nothing either. Nothing is kept in the browser.
(() => {
  const form = document.querySelector("form[data-autosave]");
  if (!form) return;
  const state = document.getElementById("save-state");
  const fields = form.elements;
  const PAUSE = 1000;
  const PATIENCE = 15000;
  const FINAL = { 401: "signedOut", 409: "answered", 410: "over", 422: "unfit" };

  let count = 0;
  let pause;
  let wait = 2000;
  let changed = false; // something was typed that no save has taken yet
  let running = null; // the save that is under way
  let leaving = false;
  const touched = new Set();
  fields.client.value = `${Date.now()}-${Math.random().toString(36).slice(2)}`;

  const say = (key, detail = "") => {
    const text = `${state.dataset[key]} ${detail}`.trim();
    const isTrouble = !["saved", "saving"].includes(key);
    if (state.textContent !== text) state.textContent = text;
    state.classList.toggle("is-trouble", isTrouble);
  };

  const plan = (delay) => {
    clearTimeout(pause);
    pause = setTimeout(save, delay);
  };

  const number = () => {
    fields.count.value = ++count;
    fields.touched.value = [...touched].join(" ");
  };

  const post = (body, options) =>
    fetch(form.action, {
      method: "POST",
      body,
      headers: { Accept: "application/json" },
      signal: AbortSignal.timeout(PATIENCE),
      ...options,
    });

  // Signing in elsewhere renews the token; a fresh copy of this page holds the new one.
  const renewToken = async () => {
    const page = await fetch(form.action, { headers: { Accept: "text/html" } });
    const copy = new DOMParser().parseFromString(await page.text(), "text/html");
    const fresh = copy.querySelector("form[data-autosave] [name=csrfmiddlewaretoken]");
    if (fresh) fields.csrfmiddlewaretoken.value = fresh.value;
    return Boolean(fresh);
  };

  const send = async (options) => {
    const sent = new Set(touched);
    changed = false;
    number();
    const body = () => {
      const data = new URLSearchParams(new FormData(form));
      data.set("go", "autosave");
      return data;
    };
    const before = body();
    let answer = await post(before, options);
    if (answer.status === 403 && (await renewToken())) {
      before.set("csrfmiddlewaretoken", fields.csrfmiddlewaretoken.value);
      answer = await post(before, options);
    }
    if (answer.status === 200) {
      const { saved, shown } = await answer.json();
      fields.shown.value = shown;
      const now = body();
      // What was sent counts as touched until its arrival is known.
      sent.forEach((code) => {
        const name = `q_${code}`;
        if (String(now.getAll(name)) === String(before.getAll(name))) touched.delete(code);
      });
      wait = 2000;
      if (!changed) say("saved", saved);
      return "saved";
    }
    changed = true;
    if (!FINAL[answer.status]) throw new Error(answer.status);
    say(FINAL[answer.status]);
    return "refused";
  };

  // Returns "saved", "refused" (the portal answered: pressing a button tells more) or "lost".
  const save = async (options = {}) => {
    clearTimeout(pause);
    while (running) await running;
    if (!changed) return "saved";
    running = send(options).catch(() => {
      changed = true;
      say("trying");
      plan(wait);
      wait = Math.min(wait * 2, 30000);
      return "lost";
    });
    const result = await running;
    running = null;
    if (changed && result === "saved") plan(PAUSE);
    return result;
  };

  const isAnswer = (field) => field.name.startsWith("q_");
  const note = (field) => {
    touched.add(field.name.slice(2));
    changed = true;
    plan(PAUSE);
  };
  form.addEventListener("input", ({ target }) => isAnswer(target) && note(target));

  // On a slow line people type before this script is there: that is saved like all that follows.
  const isTyped = (field) => {
    if (["checkbox", "radio"].includes(field.type)) return field.checked !== field.defaultChecked;
    if (!field.options) return field.value !== field.defaultValue;
    const options = [...field.options];
    return field.value !== (options.find((one) => one.defaultSelected) ?? options[0])?.value;
  };
  [...fields].filter((field) => isAnswer(field) && isTyped(field)).forEach(note);

  // A button waits for what is being saved: a page that cannot be reached must not be left.
  form.addEventListener("submit", async (event) => {
    if (leaving) {
      event.preventDefault();
      return;
    }
    if (!changed && !running) {
      leaving = true;
      setTimeout(() => (leaving = false), PATIENCE);
      number();
      return;
    }
    event.preventDefault();
    say("saving");
    const result = await save();
    if (result === "lost" || leaving) return;
    changed = false;
    form.requestSubmit(event.submitter);
  });

  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden" && changed && !leaving) save({ keepalive: true });
  });
  window.addEventListener("online", () => changed && save());
  window.addEventListener("beforeunload", (event) => {
    if ((changed || running) && !leaving) event.preventDefault();
  });
  window.addEventListener("pageshow", () => {
    leaving = false;
  });
})();
