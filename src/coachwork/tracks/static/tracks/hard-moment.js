// From the first time on, the page opens without a network, too.
if ("serviceWorker" in navigator) {
  navigator.serviceWorker.register("/hard-moment/worker.js").then(() => navigator.serviceWorker.ready).then(() => {
    document.documentElement.dataset.kept = "yes";
  }).catch(() => {});
}
