// A film is a link until someone presses play: then, and not before, its player is loaded.
for (const film of document.querySelectorAll("[data-film]")) {
  const play = film.querySelector("[data-film-play]");
  play.hidden = false;
  film.querySelector("[data-film-link]").dataset.quiet = "true";
  film.querySelector("[data-film-note]").hidden = false;
  play.addEventListener("click", () => {
    const frame = document.createElement("iframe");
    frame.src = film.dataset.film;
    frame.title = film.dataset.filmTitle;
    frame.allow = "autoplay; fullscreen; picture-in-picture";
    frame.referrerPolicy = "strict-origin-when-cross-origin";
    film.replaceChildren(frame);
    frame.focus();
  });
}
