// Makes questions quicker to answer: an order by buttons, answers that stand alone, words for
// “other”. Without this script every field is there, and the portal says what does not fit.
(() => {
  const tell = (field) => field.dispatchEvent(new Event("input", { bubbles: true }));
  const isBox = (field) => ["checkbox", "radio"].includes(field.type);

  // What is emptied for a person comes back when they change their mind.
  const empty = (field) => {
    if (isBox(field)) {
      if (!field.checked) return;
      field.checked = false;
    } else {
      if (!field.value) return;
      field.dataset.kept = field.value;
      field.value = "";
    }
    tell(field);
  };
  const restore = (field) => {
    if (isBox(field) || field.value || !field.dataset.kept) return;
    field.value = field.dataset.kept;
    delete field.dataset.kept;
    tell(field);
  };

  // “None of these” and “don't know” exclude every other answer of their question.
  const standAlone = (question) => {
    const fields = [...question.querySelectorAll("input, textarea, select")];
    const alone = fields.filter((field) => field.matches("[data-alone]"));
    const given = fields.filter((field) => field.type !== "radio" && !field.closest("[data-other]"));
    question.addEventListener("input", ({ target, isTrusted }) => {
      const others = given.filter((field) => field !== target);
      if (target.matches("[data-alone]")) {
        if (target.checked) others.forEach(empty);
        else if (isTrusted) others.forEach(restore);
      } else if (isBox(target) ? target.checked : target.value) {
        if (alone.some((box) => box.checked)) given.forEach((field) => delete field.dataset.kept);
        alone.forEach(empty);
      }
    });
  };

  // Words for “other” are asked of those who choose it, and whoever writes them has chosen it.
  const askOther = (block) => {
    const box = document.getElementById(block.dataset.other);
    const text = block.querySelector("input");
    const show = () => {
      block.hidden = !box.checked;
      (box.checked ? restore : empty)(text);
    };
    block.closest(".question").addEventListener("input", ({ target }) => {
      if (target === text) {
        if (text.value && !box.checked) {
          box.checked = true;
          tell(box);
        }
      } else if (isBox(target)) show();
    });
    block.hidden = !box.checked && !text.value;
  };

  // An order: chosen ones stand on top with their place, and buttons move them. The places are
  // kept in the lists of the form, where option number n is place n.
  const rank = (list) => {
    const said = list.parentElement.querySelector("[data-said]");
    const rows = [...list.children].map((row) => ({ row, select: row.querySelector("select") }));
    const words = list.dataset;
    let order = [];

    const button = (one, action, word) => {
      const made = document.createElement("button");
      made.type = "button";
      made.className = "usa-button usa-button--outline ranking__button";
      made.append(word);
      const about = document.createElement("span");
      about.className = "usa-sr-only";
      about.textContent = ` ${one.text}`;
      made.append(about);
      made.addEventListener("click", () => act(one, action, made));
      one.row.append(made);
      return made;
    };

    const dress = (one) => {
      const label = one.row.querySelector("label");
      one.text = label.textContent.trim();
      const text = document.createElement("span");
      text.className = label.className;
      text.textContent = one.text;
      one.place = document.createElement("span");
      one.place.className = "ranking__place";
      label.replaceWith(one.place, text);
      one.row.id = one.select.id; // a link from a list of problems leads here
      one.row.tabIndex = -1;
      one.select.removeAttribute("id");
      one.select.hidden = true;
      one.choose = button(one, "choose", words.choose);
      one.up = button(one, "up", words.up);
      one.down = button(one, "down", words.down);
      one.remove = button(one, "remove", words.remove);
    };

    const read = () => {
      order = rows.filter((one) => one.select.selectedIndex > 0);
      order.sort((a, b) => a.select.selectedIndex - b.select.selectedIndex);
    };

    const draw = () => {
      const all = [...order, ...rows.filter((one) => !order.includes(one))];
      if (all.some((one, n) => list.children[n] !== one.row)) list.append(...all.map((o) => o.row));
      rows.forEach((one) => {
        const place = order.indexOf(one) + 1;
        one.place.textContent = place || "";
        one.row.classList.toggle("is-placed", place > 0);
        one.choose.hidden = place > 0;
        [one.up, one.down, one.remove].forEach((made) => (made.hidden = !place));
        one.up.setAttribute("aria-disabled", place === 1);
        one.down.setAttribute("aria-disabled", place === order.length);
      });
    };

    const moves = {
      choose: (one) => order.push(one),
      remove: (one) => order.splice(order.indexOf(one), 1),
      up: (one) => swap(order.indexOf(one), -1),
      down: (one) => swap(order.indexOf(one), 1),
    };
    const swap = (from, step) => {
      [order[from], order[from + step]] = [order[from + step], order[from]];
    };

    const act = (one, action, pressed) => {
      if (pressed.getAttribute("aria-disabled") === "true") return;
      const left = [...list.children].slice(order.length).findIndex((row) => row === one.row);
      moves[action](one);
      rows.forEach((each) => (each.select.selectedIndex = order.indexOf(each) + 1));
      draw();
      const waiting = rows.filter((each) => !order.includes(each));
      const next = waiting[Math.min(left, waiting.length - 1)];
      if (action === "choose") (next ? next.choose : one.up).focus();
      else (action === "remove" ? one.choose : pressed).focus();
      said.textContent = (order.includes(one) ? words.placed : words.removed)
        .replace("[choice]", one.text)
        .replace("[place]", order.indexOf(one) + 1)
        .replace("[all]", rows.length);
      tell(one.select);
    };

    rows.forEach(dress);
    list.classList.add("ranking--buttons");
    list.parentElement.querySelector(".ranking__how").textContent = words.how;
    list.closest(".question").addEventListener("input", () => {
      read();
      draw();
    });
    read();
    draw();
  };

  document.querySelectorAll("[data-other]").forEach(askOther);
  document.querySelectorAll("[data-ranking]").forEach(rank);
  const questions = [...document.querySelectorAll("[data-alone]")].map((b) => b.closest(".question"));
  new Set(questions.filter(Boolean)).forEach(standAlone);
})();
