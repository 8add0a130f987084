import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { demoAccounts } from "../../src/database/demo/accounts.js";
import { tour } from "../support/tour.js";
import { noBrowser, openBrowser } from "./browser.js";
import { openPage, patience } from "./open-page.js";
import { type ServedPlayground, servePlayground } from "./serve.js";

// Where every change is tested nothing may be skipped unseen; elsewhere it is told what is missing.
const skipped = noBrowser !== undefined && !process.env.CI;
if (skipped) console.warn(`The playground is not looked at. ${noBrowser}`);

describe.skipIf(skipped)("the playground, in a browser without a network", () => {
  let served: ServedPlayground;
  let browser: Browser;

  beforeAll(async () => {
    if (noBrowser) throw new Error(noBrowser);
    [served, browser] = await Promise.all([servePlayground(), openBrowser()]);
  });
  afterAll(async () => {
    await browser?.close();
    await served?.close();
  });

  test("shows sam and pat different answers to one question, and why", async () => {
    const { page, complaints, elsewhere, ...playground } = await openPage(browser, served.address);

    await playground.choose("sam");
    expect(Object.keys(await playground.headers())).toEqual([
      "authorization",
      "device-credential",
      "access-purpose",
    ]);
    const toSam = await playground.run();
    expect(toSam.data.customers.nodes[0]).toMatchObject({
      code: "C1",
      name: "林秀英",
      idNumber: null,
      businessNeeds: expect.any(String),
    });
    expect(await playground.notShownClear()).toContainEqual(
      expect.arrayContaining(["Customer.idNumber", "WITHHELD", "TIER_TOO_LOW", "1"]),
    );

    await playground.choose("pat");
    const toPat = await playground.run();
    expect(toPat.data.customers.nodes[0]).toMatchObject({ code: "C1", name: "林**", businessNeeds: null });
    const notShownToPat = await playground.notShownClear();
    expect(notShownToPat).toContainEqual(expect.arrayContaining(["Customer.name", "MASKED"]));
    expect(notShownToPat).toContainEqual(expect.arrayContaining(["Customer.businessNeeds", "WITHHELD"]));
    await page.getByText(/\d withheld, 2 masked, for the purpose PRODUCTION_PLANNING/).waitFor();

    expect(complaints).toEqual([]);
    expect(elsewhere).toEqual([]);
  });

  test("asks again by itself when another account is chosen, so that an answer is never somebody else's", async () => {
    const { page, ...playground } = await openPage(browser, served.address);
    await playground.run();
    await playground.choose("cu1");
    await expect
      .poll(async () => (await playground.answer()).data.customers.nodes[0].idNumber, patience)
      .toMatch(/^\d{17}/);
    await page.getByText("asking as 林秀英 · cu1").waitFor();
  });

  test("lists every demo account with what it is for", async () => {
    const { page } = await openPage(browser, served.address);
    const listed = await page.locator("label.choice small").allInnerTexts();
    expect(listed).toEqual(demoAccounts.map(({ what }) => what));
  });

  test("opens an operation with its variables in a tab of its own, for the account that was chosen", async () => {
    const { page, complaints, ...playground } = await openPage(browser, served.address);
    await playground.choose("mona");
    const starter = page.getByRole("button", { name: /^Customers, page by page/ });
    await starter.click();
    expect(await playground.variables()).toEqual({ first: 20 });
    expect((await playground.run()).data.customers.nodes).toHaveLength(20);

    await page.getByRole("tab", { name: "FirstLook" }).click();
    expect(await playground.account("mona").isChecked()).toBe(true);
    await starter.click();
    expect(await page.getByRole("tab").allInnerTexts()).toEqual(["FirstLook", "CustomerPage"]);
    expect(complaints).toEqual([]);
  });

  test("walks the README's tour by clicks alone: each step knows the form that an earlier answer told", async () => {
    const { page, complaints, ...playground } = await openPage(browser, served.address);
    for (const { account, title, words } of tour) {
      await page.getByRole("button", { name: new RegExp(`^${title}`) }).click();
      await playground.choose(account);
      const answer = JSON.stringify(await playground.run());
      expect([title, ...words.filter((word) => !answer.includes(`"${word}"`))]).toEqual([title]);
      expect(await playground.isTabInView(), title).toBe(true);
    }
    expect(complaints).toEqual([]);
  });

  test("leaves an id that no answer has told to be filled in", async () => {
    const { page, ...playground } = await openPage(browser, served.address);
    await page.getByRole("button", { name: /^Tour 2/ }).click();
    expect(await playground.variables()).toEqual({ grantApplication: "" });
  });

  test("takes headers that were edited, as nobody's of the list, and tells a refusal", async () => {
    const { page, ...playground } = await openPage(browser, served.address);
    await playground.writeHeaders('{ "authorization": "Bearer forged" }');
    await playground.run();
    expect(await playground.notShownClear()).toContainEqual(
      expect.arrayContaining(["REFUSED", "UNAUTHENTICATED"]),
    );
    await expect.poll(() => page.locator("input[name=account]:checked").count(), patience).toBe(0);
  });

  test("has the descriptions to read", async () => {
    const { page } = await openPage(browser, served.address);
    await page.getByRole("button", { name: "Show Documentation Explorer" }).click();
    await page.getByRole("link", { name: "Customer", exact: true }).click();
    await page.getByText("A customer: a person or an organisation").waitFor();
  });

  test("is worked without a mouse", async () => {
    const { page, ...playground } = await openPage(browser, served.address);
    await playground.account("sam").focus();
    await page.keyboard.press("ArrowDown");
    expect(await playground.account("sue").isChecked()).toBe(true);
    await page.keyboard.press("Tab");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    await page.getByRole("tab", { name: "CustomerWithAccess" }).waitFor();
  });

  test("keeps nothing in the browser", async () => {
    const { page, ...playground } = await openPage(browser, served.address);
    await playground.run();
    const kept = () => localStorage.length + sessionStorage.length + document.cookie.length;
    expect(await page.evaluate(kept)).toBe(0);
  });

  test.each([
    [1280, "light"],
    [900, "dark"],
  ] as const)("fits a window %i wide, %s, with an answer and without", async (width, colorScheme) => {
    const options = { colorScheme, viewport: { width, height: 800 } };
    const { page, ...playground } = await openPage(browser, served.address, options);
    const panel = page.locator("#not-shown");
    const before = await panel.boundingBox();
    await playground.run();
    expect(await panel.boundingBox()).toEqual(before);
    const size = () => [document.documentElement.scrollWidth, document.documentElement.scrollHeight];
    expect(await page.evaluate(size)).toEqual([width, 800]);
  });

  test("has no accounts where the demo organisation is not loaded, and says how to sign in", async () => {
    const own = await servePlayground({ demo: false });
    onTestFinished(() => own.close());
    expect((await fetch(`${own.address}/playground/accounts.json`)).status).toBe(404);
    const { page, elsewhere, ...playground } = await openPage(browser, own.address);
    await page.getByText("The demo organisation is not loaded here").waitFor();
    expect(await page.locator("input[name=account]").count()).toBe(0);
    await page.getByRole("button", { name: /^Sign in/ }).click();
    expect((await playground.run()).data.signIn.accessToken).toMatch(/^ey/);
    expect(elsewhere).toEqual([]);
  });
});
