// After 25 minutes or 1,500 words on one page: one calm suggestion, at most once a day, which
// never stops anybody. Only time and the number of words count, nothing that is written.
"use strict";

(() => {
  const MINUTES = 25;
  const WORDS = 1500;
  const KEY = "coachwork-calm";
  const form = document.querySelector("form[data-page]");
  const calm = document.querySelector("[data-calm]");
  if (!form || !calm) return;
  const today = () => new Date().toDateString();

  function shown() {
    try {
      return localStorage.getItem(KEY) === today();
    } catch {
      return false;
    }
  }

  function suggest() {
    if (!calm.hidden || shown()) return;
    calm.hidden = false;
    try {
      localStorage.setItem(KEY, today());
    } catch {
      // Storage is switched off: it is said once on this page, then.
    }
  }

  const words = () =>
    [...form.querySelectorAll("textarea")].reduce(
      (sum, field) => sum + (field.value.match(/\S+/g) ?? []).length, 0);

  setTimeout(suggest, MINUTES * 60 * 1000);
  let counting = 0;
  form.addEventListener("input", () => {
    clearTimeout(counting);
    counting = setTimeout(() => words() >= WORDS && suggest(), 500);
  });
  calm.querySelector("[data-calm-close]").addEventListener("click", () => {
    calm.hidden = true;
    form.querySelector("textarea")?.focus();
  });
})();
