// Offers the time zone that the browser knows, beside the field where it is typed.
(() => {
  const place = document.querySelector("[data-timezone]");
  const field = document.querySelector("[data-timezone-field]");
  const known = Intl.DateTimeFormat().resolvedOptions().timeZone;
  if (!place || !field || !known || known === field.value) return;
  const take = place.querySelector("[data-timezone-take]");
  take.textContent = known;
  take.addEventListener("click", () => {
    field.value = known;
    place.hidden = true;
    field.focus();
  });
  place.hidden = false;
})();
