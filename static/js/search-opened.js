// What a search found and somebody opened is counted once, for nobody in particular: so the team learns what is missing.
for (const found of document.querySelectorAll("[data-opened]")) {
  let told = false;
  const tell = (event) => {
    if (told || event.button > 1 || !event.target.closest("a[href]")) return;
    told = true;
    navigator.sendBeacon?.(found.dataset.opened, new URLSearchParams({ q: found.dataset.query }));
  };
  found.addEventListener("click", tell);
  found.addEventListener("auxclick", tell);
}
