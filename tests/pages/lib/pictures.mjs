// Pictures of pages: taking them, and putting several on one sheet.
import { withPage } from "./browser.mjs";

/** Opens an address; whatever does not come is an error, for a picture of it would be of something else. */
export async function visit(page, url) {
  const missing = [];
  page.on("response", (response) => { if (response.status() >= 400) missing.push(`${response.url()} answers ${response.status()}`); });
  await page.goto(url, { waitUntil: "networkidle" });
  if (missing.length) throw new Error(`${url}: ${missing.join(", ")}`);
}

/** Rows of pictures one below the other, each with its name, as one picture that is `scale` as large. */
export async function assembled(browser, rows, scale, quality = 50) {
  const figure = ({ caption, width, png }) =>
    `<figure><img width="${Math.round(width * scale)}" src="data:image/png;base64,${png.toString("base64")}"><figcaption>${caption}</figcaption></figure>`;
  const html = `<!DOCTYPE html><meta charset="utf-8"><style>
    body { margin: 0; padding: 12px; width: max-content; background: #8b8b8b; font: 11px sans-serif; color: #fff }
    h2 { margin: 10px 0 4px; font-size: 14px } section:first-child h2 { margin-top: 0 }
    div { display: flex; gap: 10px; align-items: start } figure { margin: 0 } img { display: block }
  </style>${rows.map(({ name, pictures }) => `<section><h2>${name}</h2><div>${pictures.map(figure).join("")}</div></section>`).join("")}`;
  return withPage(browser, { viewport: { width: 1800, height: 900 } }, async (page) => {
    await page.setContent(html, { waitUntil: "load" });
    const { width, height } = await page.evaluate(() => ({ width: document.body.offsetWidth, height: document.body.offsetHeight }));
    await page.setViewportSize({ width, height });
    const steering = await page.context().newCDPSession(page);
    const { data } = await steering.send("Page.captureScreenshot", { format: "webp", quality, captureBeyondViewport: true });
    return Buffer.from(data, "base64");
  });
}
