// Text that is being typed is kept on this device until the server has it: a lost session, a
// reload or a dead battery costs nothing. <form data-draft="key">. Signing out wipes it all.
"use strict";

(() => {
  const KEEP_DAYS = 14;
  const PREFIX = "coachwork-draft";
  const owner = document.body.dataset.draftOwner ?? "visitor";
  const keyOf = (form) => `${PREFIX}|${owner}|${form.dataset.draft}`;
  const skipped = new Set(["password", "hidden", "file", "submit", "button", "reset"]);
  const draftable = (field) => field.name && !skipped.has(field.type) && field.dataset.draftSkip === undefined;

  function read(key) {
    try {
      return JSON.parse(localStorage.getItem(key));
    } catch {
      return null; // storage is switched off, or holds something that is not ours
    }
  }

  function write(key, draft) {
    try {
      localStorage.setItem(key, JSON.stringify(draft));
    } catch {
      // Full or switched off: the form still works as any form does.
    }
  }

  function forget(match) {
    try {
      for (const key of Object.keys(localStorage))
        if (key.startsWith(`${PREFIX}|`) && match(key)) localStorage.removeItem(key);
    } catch {
      // Storage is switched off, so there is nothing to forget.
    }
  }

  function typed(form) {
    const values = {};
    for (const field of form.elements) {
      if (!draftable(field)) continue;
      values[field.name] ??= [];
      if (field.type === "checkbox" || field.type === "radio") {
        if (field.checked) values[field.name].push(field.value);
      } else values[field.name].push(field.value);
    }
    return values;
  }

  function fill(form, values) {
    const left = structuredClone(values);
    for (const field of form.elements) {
      if (!draftable(field) || !left[field.name]) continue;
      if (field.type === "checkbox" || field.type === "radio")
        field.checked = left[field.name].includes(field.value);
      else if (left[field.name].length) field.value = left[field.name].shift();
      field.dispatchEvent(new Event("input", { bubbles: false }));
    }
  }

  function offer(form, saved) {
    const template = document.getElementById("draft-notice");
    if (!template) return;
    const notice = template.content.cloneNode(true).firstElementChild;
    notice.querySelector("[data-draft-discard]").addEventListener("click", () => {
      forget((key) => key === keyOf(form));
      fill(form, saved);
      notice.remove();
      form.querySelector("textarea, input:not([type=hidden])")?.focus();
    });
    form.prepend(notice);
  }

  function restore(form) {
    if (form.dataset.draftReady !== undefined) return;
    form.dataset.draftReady = "";
    const draft = read(keyOf(form));
    const saved = typed(form);
    if (!draft || JSON.stringify(draft.values) === JSON.stringify(saved)) return;
    fill(form, { ...saved, ...draft.values });
    if (JSON.stringify(typed(form)) !== JSON.stringify(saved)) offer(form, saved);
  }

  // The server names the drafts that it has safely stored in a short-lived cookie.
  function settle() {
    const found = document.cookie.match(/(?:^|; )draft_done=([^;]*)/);
    if (!found) return;
    const done = decodeURIComponent(found[1]);
    forget((key) => key.endsWith(`|${done}`) && key.split("|")[1] === owner);
    document.cookie = "draft_done=; path=/; max-age=0; samesite=lax";
  }

  const waiting = new Map();

  function keep(form) {
    clearTimeout(waiting.get(form));
    waiting.delete(form);
    write(keyOf(form), { at: Date.now(), values: typed(form) });
  }

  for (const kind of ["input", "change"])
    document.addEventListener(kind, (event) => {
      const form = event.target.form;
      if (form?.dataset.draft === undefined || !draftable(event.target)) return;
      clearTimeout(waiting.get(form));
      waiting.set(form, setTimeout(() => keep(form), 300));
    });

  addEventListener("pagehide", () => [...waiting.keys()].forEach(keep));

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.dataset.signOut !== undefined) {
      for (const timer of waiting.values()) clearTimeout(timer);
      waiting.clear(); // or leaving the page would write the last words again
      forget(() => true);
    }
    if (form.dataset.draft === undefined) return;
    keep(form);
    if (form.elements.namedItem("draft")) return;
    const name = document.createElement("input");
    Object.assign(name, { type: "hidden", name: "draft", value: form.dataset.draft });
    form.append(name);
  }, { capture: true });

  function prepare() {
    settle();
    document.querySelectorAll("form[data-draft]").forEach(restore);
  }

  const oldest = Date.now() - KEEP_DAYS * 24 * 60 * 60 * 1000;
  forget((key) => (read(key)?.at ?? 0) < oldest);
  prepare();
  for (const name of ["htmx:after:request", "htmx:after:swap"]) document.addEventListener(name, prepare);
})();
