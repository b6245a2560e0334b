// <div data-ignored='{"12": "mirko"}' data-words="You ignore %s." data-show="Show">: what these people write is folded
// by the server when the page is made; what arrives while it is open, or is drawn anew, is folded here.
const list = document.querySelector("[data-ignored]");
const posts = document.querySelector("#posts")?.parentElement;

function fold(article, name) {
  const details = document.createElement("details");
  const summary = document.createElement("summary");
  const show = document.createElement("span");
  details.className = "folded";
  show.className = "show";
  show.textContent = list.dataset.show;
  summary.append(list.dataset.words.replace("%s", name), " ", show);
  article.replaceWith(details);
  details.append(summary, article);
}

if (list && posts) {
  const names = JSON.parse(list.dataset.ignored);
  new MutationObserver(() => {
    for (const article of posts.querySelectorAll("[data-author]")) {
      const name = names[article.dataset.author];
      if (name && !article.parentElement.matches("details.folded")) fold(article, name);
    }
  }).observe(posts, { childList: true, subtree: true });
}
