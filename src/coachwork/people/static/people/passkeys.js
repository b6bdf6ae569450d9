// Says it in words when a passkey was not used, and when this browser has none.
(() => {
  const problem = document.querySelector("[data-passkey-problem]");
  document.addEventListener("allauth.error", (event) => {
    event.preventDefault();
    if (problem) problem.hidden = false;
  });
  if (window.PublicKeyCredential) return;
  for (const button of document.querySelectorAll("#passkey_login, [data-passkey]")) {
    button.disabled = true;
  }
})();
