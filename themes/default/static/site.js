// On every page: what is offered for copying can be copied.
document.addEventListener("click", async ({ target }) => {
  const button = target.closest("button[data-copied]");
  if (!button) return;
  const label = button.dataset.label ??= button.textContent;
  button.setAttribute("aria-live", "polite");
  try {
    await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).textContent.trim());
    button.textContent = button.dataset.copied;
  } catch {
    button.textContent = button.dataset.failed;
  }
  setTimeout(() => { button.textContent = label; }, 3000);
});
