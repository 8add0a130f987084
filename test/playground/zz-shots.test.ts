import { expect, test } from "vitest";
import { openBrowser } from "./browser.js";
import { servePlayground } from "./serve.js";

test("shots", async () => {
  const served = await servePlayground();
  const browser = await openBrowser();
  try {
    for (const [scheme, width] of [
      ["light", 1280],
      ["dark", 1280],
      ["light", 900],
    ] as const) {
      const page = await browser.newPage({ colorScheme: scheme, viewport: { width, height: 800 } });
      page.on("console", (m) => console.log(scheme, m.type(), m.text()));
      page.on("pageerror", (e) => console.log("pageerror", e.message));
      const t = Date.now();
      const r = await fetch(`${served.address}/playground/accounts.json`);
      console.log(r.status, (await r.text()).length, Date.now() - t);
      await page.goto(served.address);
      await page.waitForTimeout(2500);
      await page.screenshot({ path: `/tmp/shot-${scheme}-${width}-0.png` });
      await page.locator(".graphiql-execute-button").click({ timeout: 5000 });
      await page.waitForTimeout(1500);
      await page.screenshot({ path: `/tmp/shot-${scheme}-${width}-1.png` });
      await page.locator("label", { hasText: "pat" }).first().click({ timeout: 3000 });
      await page.waitForTimeout(1500);
      await page.screenshot({ path: `/tmp/shot-${scheme}-${width}-2.png` });
      await page.locator("button", { hasText: "Customers, page by page" }).first().click({ timeout: 3000 });
      await page.waitForTimeout(800);
      await page
        .getByLabel("Show Documentation Explorer")
        .click({ timeout: 3000 })
        .catch((e) => console.log(e.message));
      await page.waitForTimeout(800);
      await page.screenshot({ path: `/tmp/shot-${scheme}-${width}-3.png` });
      await page.close();
    }
  } finally {
    await browser.close();
    await served.close();
  }
});
