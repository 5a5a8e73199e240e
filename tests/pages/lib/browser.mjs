// The browser: Debian's Chromium, told to keep to itself, and pages that note what goes wrong in them.
import { chromium } from "playwright-core";

const CHROMIUM = process.env.CHROMIUM ?? "/usr/bin/chromium";

const FLAGS = [
  "--disable-gpu",
  "--disable-dev-shm-usage",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--font-render-hinting=none",
];

/** Starts the browser; `port` is where another tool may steer it too. */
export async function launch(port) {
  // Chromium as root has no sandbox; the pages are our own.
  const args = [...FLAGS, ...(process.getuid?.() === 0 ? ["--no-sandbox"] : [])];
  if (port) args.push(`--remote-debugging-port=${port}`);
  return chromium.launch({ executablePath: CHROMIUM, args, chromiumSandbox: false });
}

/** Runs `use` with a page of its own settings, and closes it whatever happens. */
export async function withPage(browser, settings, use) {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, ...settings });
  context.setDefaultTimeout(60_000);
  try {
    return await use(await context.newPage());
  } finally {
    await context.close();
  }
}
