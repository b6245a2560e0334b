/* Facts to choose from fill in the rule and the text of a decision; the moderator changes them as needed. */
document.addEventListener("change", ({ target }) => {
  const chosen = target.closest("[data-facts]") && target.selectedOptions?.[0]
  if (!chosen?.dataset.facts) return
  const form = target.form
  form.elements.facts.value = chosen.dataset.facts
  form.elements.rule.value = chosen.dataset.rule
})
