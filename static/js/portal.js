// Small comforts; every page also works without them.
(() => {
  const MENUS = ".site-menu[open], .site-account[open], .tabs-more[open]";
  const openMenus = () => document.querySelectorAll(MENUS);

  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    openMenus().forEach((menu) => {
      menu.open = false;
      menu.querySelector("summary").focus();
    });
  });

  document.addEventListener("click", (event) => {
    openMenus().forEach((menu) => {
      if (!menu.contains(event.target)) menu.open = false;
    });
  });

  // Says how many characters of a long text are left, once the person pauses.
  const count = (message) => {
    const text = document.getElementById(message.dataset.count);
    if (!text) return;
    let pause;
    const say = () => {
      const left = Number(message.dataset.longest) - text.value.length;
      const words = left < 0 ? message.dataset.over : message.dataset.left;
      message.textContent = `${words} ${Math.abs(left)}`;
      message.classList.toggle("is-over", left < 0);
    };
    text.addEventListener("input", () => {
      clearTimeout(pause);
      pause = setTimeout(say, 400);
    });
    if (text.value) say();
  };
  const countAll = (root) => root.querySelectorAll("[data-count]").forEach(count);

  // Hides a field that counts only together with certain choices: data-shown-with="name=one|other".
  const showWith = (field) => {
    const [name, values] = field.dataset.shownWith.split("=");
    const wanted = values.split("|");
    const form = field.closest("form");
    const fold = field.closest("details");
    const isWanted = () => wanted.includes(new FormData(form).get(name));
    field.hidden = !isWanted();
    form.addEventListener("change", () => {
      if (fold && field.hidden && isWanted()) fold.open = true;
      field.hidden = !isWanted();
    });
  };

  // Makes a frame as high as the mail in it; without scripts it scrolls.
  const fit = (frame) => {
    const measure = () => {
      const mail = frame.contentDocument?.body;
      if (!mail?.childElementCount) return;
      frame.style.height = "0";
      frame.style.height = `${frame.contentDocument.documentElement.scrollHeight + 2}px`;
    };
    frame.addEventListener("load", measure);
    window.addEventListener("resize", measure);
    measure();
  };

  // Begins a page in a frame with one part of it. An address with “#” would move the page around it.
  const begin = ({ dataset }) => {
    const part = document.getElementById(dataset.begin);
    if (part) window.scrollTo(0, window.scrollY + part.getBoundingClientRect().top - 8);
  };
  window.addEventListener("load", () => document.querySelectorAll("[data-begin]").forEach(begin));

  document.addEventListener("DOMContentLoaded", () => {
    countAll(document);
    document.querySelectorAll(".mail-frame").forEach(fit);
    document.querySelectorAll("[data-shown-with]").forEach(showWith);
  });
  document.addEventListener("htmx:after:swap", (event) => countAll(event.target));
})();
