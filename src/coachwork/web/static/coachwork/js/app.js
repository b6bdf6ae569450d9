// Small comforts. Every page works without this file; nothing here knows a rule of the product.
"use strict";

document.documentElement.dataset.js = "";

// --- The look: change it at once, and let the server know for the next page. -----------------
document.addEventListener("submit", (event) => {
  const form = event.target.closest("[data-appearance]");
  if (!form || !event.submitter) return;
  event.preventDefault();
  const theme = event.submitter.value;
  const data = new FormData(form, event.submitter);
  if (theme) document.documentElement.dataset.theme = theme;
  else delete document.documentElement.dataset.theme;
  for (const button of form.querySelectorAll("[aria-pressed]"))
    button.setAttribute("aria-pressed", String(button === event.submitter));
  fetch(form.action, { method: "POST", body: data, redirect: "manual" });
});

// --- One send for one press. ------------------------------------------------------------------
const RESEND_AFTER_MS = 12000;

function released(form) {
  delete form.dataset.sending;
  for (const button of form.querySelectorAll("[aria-busy]")) button.removeAttribute("aria-busy");
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.method !== "post") return;
  if (form.dataset.sending !== undefined) {
    event.preventDefault();
    event.stopImmediatePropagation();
    return;
  }
  form.dataset.sending = "";
  event.submitter?.setAttribute("aria-busy", "true");
  setTimeout(() => released(form), RESEND_AFTER_MS);
}, { capture: true });

addEventListener("pageshow", () => document.querySelectorAll("form[data-sending]").forEach(released));
for (const name of ["htmx:after:request", "htmx:error"])
  document.addEventListener(name, (event) => {
    const form = event.target.closest?.("form");
    if (form) released(form);
  });

// --- The level scale: 1 to 5, and 0 for “Not seen”, once the scale has the focus. --------------
document.addEventListener("keydown", (event) => {
  if (event.altKey || event.ctrlKey || event.metaKey) return;
  const scale = event.target.closest?.("[data-scale]");
  const option = scale?.querySelector(`input[data-key="${CSS.escape(event.key)}"]:not(:disabled)`);
  if (!option) return;
  event.preventDefault();
  option.focus();
  option.click();
});

// --- From the search field down into its results, and back. --------------------------------------
document.addEventListener("keydown", (event) => {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  const search = step && event.target.closest?.("[data-search]");
  if (!search) return;
  const stops = [search.querySelector("input[type=search]"), ...search.querySelectorAll(".search__result")];
  const next = stops[stops.indexOf(event.target) + step];
  if (!stops.includes(event.target) || !next) return;
  event.preventDefault();
  next.focus();
});

// --- Menus close on Escape and on a press elsewhere. --------------------------------------------
function closeMenus(except) {
  for (const menu of document.querySelectorAll("details[data-menu][open]"))
    if (menu !== except) menu.open = false;
}

document.addEventListener("click", (event) => closeMenus(event.target.closest("details[data-menu]")));
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  const open = event.target.closest("details[data-menu][open]");
  closeMenus();
  open?.querySelector("summary").focus();
});

// --- Buttons that do something on this page only. -----------------------------------------------
async function copied(button) {
  const source = document.getElementById(button.dataset.copy);
  await navigator.clipboard.writeText(source.value ?? source.textContent.trim());
  const words = button.querySelector("span") ?? button;
  const before = words.textContent;
  words.textContent = button.dataset.copied;
  setTimeout(() => (words.textContent = before), 2500);
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-copy], [data-dialog], [data-close], [data-dismiss], [data-print]");
  if (!button) return;
  const { copy, dialog, close, dismiss, print } = button.dataset;
  if (copy !== undefined) copied(button);
  const opened = dialog === undefined ? null : document.getElementById(dialog);
  if (opened) {
    event.preventDefault(); // without a script, the same button is a link to a page
    opened.showModal();
  }
  if (close !== undefined && button.closest("dialog")) {
    event.preventDefault();
    button.closest("dialog").close();
  }
  if (dismiss !== undefined) button.closest(".message").remove();
  if (print !== undefined) window.print();
});

// --- What must be made ready, on the page and on whatever htmx brings. ---------------------------
function counted(counter) {
  const field = document.getElementById(counter.dataset.counterFor);
  const show = () => {
    const left = field.maxLength - field.value.length;
    counter.textContent = counter.dataset.counterText.replace("LEFT", left.toLocaleString(document.documentElement.lang));
  };
  if (field && field.maxLength > 0) {
    field.addEventListener("input", show);
    show();
  }
}

function prepare(root) {
  for (const button of root.querySelectorAll("[data-dismiss], [data-copy], [data-print]")) button.hidden = false;
  for (const counter of root.querySelectorAll("[data-counter-for]")) counted(counter);
  root.querySelector("[data-focus]:not([data-still] *)")?.focus();
}

prepare(document);
document.addEventListener("htmx:after:swap", () => prepare(document));
