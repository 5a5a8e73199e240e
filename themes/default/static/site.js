// On every page: what is offered for copying can be copied.
const timers = new Map();
document.addEventListener("click", async ({ target }) => {
  const button = target.closest("button[data-copied]");
  if (!button) return;
  // A second click finds the first one's answer on the button.
  button.dataset.label ??= button.textContent;
  button.setAttribute("aria-live", "polite");
  try {
    await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).textContent.trim());
    button.textContent = button.dataset.copied;
  } catch {
    button.textContent = button.dataset.failed;
  }
  clearTimeout(timers.get(button));
  timers.set(button, setTimeout(() => { button.textContent = button.dataset.label; }, 3000));
});
