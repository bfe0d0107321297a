// On a phone the filters start folded, so that the list comes first.
const fold = document.querySelector("[data-panel-fold]");
if (fold && window.matchMedia("(max-width: 59.99rem)").matches) {
  fold.open = false;
}
