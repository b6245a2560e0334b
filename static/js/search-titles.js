// Titles under the search box while somebody types. Arrow keys choose one, Enter opens it, Escape closes the list.
const PAUSE = 160;
let number = 0;

for (const input of document.querySelectorAll("input[data-titles]")) {
  const list = document.createElement("div");
  list.className = "search-titles";
  list.id = `search-titles-${++number}`;
  list.hidden = true;
  input.form.append(list);
  Object.entries({ role: "combobox", "aria-expanded": "false", "aria-controls": list.id, "aria-autocomplete": "list" })
    .forEach(([name, value]) => input.setAttribute(name, value));
  input.autocomplete = "off";
  let waiting, asked, at = -1;

  const options = () => [...list.querySelectorAll("[role=option]")];
  const show = (is) => {
    list.hidden = !is;
    input.setAttribute("aria-expanded", String(is));
    if (!is) input.removeAttribute("aria-activedescendant");
  };
  const choose = (next) => {
    const found = options();
    if (!found.length) return;
    at = (next + found.length + 1) % (found.length + 1);
    found.forEach((option, place) => option.setAttribute("aria-selected", String(place === at)));
    if (found[at]) input.setAttribute("aria-activedescendant", found[at].id);
    else input.removeAttribute("aria-activedescendant");
  };
  const ask = async () => {
    asked?.abort();
    asked = new AbortController();
    try {
      const answer = await fetch(`${input.dataset.titles}?q=${encodeURIComponent(input.value)}`, { signal: asked.signal });
      if (!answer.ok) return show(false);
      list.innerHTML = await answer.text();
      at = -1;
      show(options().length > 0 && document.activeElement === input);
    } catch { /* another letter was typed, or the network is away: the form works all the same */ }
  };

  input.addEventListener("input", () => {
    clearTimeout(waiting);
    if (input.value.trim().length < 3) show(false);
    else waiting = setTimeout(ask, PAUSE);
  });
  input.addEventListener("keydown", (event) => {
    if (list.hidden) return;
    if (event.key === "ArrowDown") choose(at + 1);
    else if (event.key === "ArrowUp") choose(at < 0 ? options().length - 1 : at - 1);
    else if (event.key === "Escape") show(false);
    else if (event.key === "Enter" && options()[at]) location.href = options()[at].dataset.url;
    else return;
    event.preventDefault();
  });
  input.addEventListener("blur", () => setTimeout(() => show(list.contains(document.activeElement)), 150));
}
