import type { Browser, BrowserContextOptions, Locator } from "playwright-core";
import { expect, onTestFinished } from "vitest";

type CodeMirrorElement = Element & {
  readonly CodeMirror: { getValue(): string; setValue(text: string): void };
};

/** How long a slow machine may take, in milliseconds. */
export const patience = { timeout: 20_000 };

/** The playground in a browser that reaches nothing but `address`. It goes when the test ends. */
export async function openPage(browser: Browser, address: string, options: BrowserContextOptions = {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, ...options });
  onTestFinished(() => context.close());
  /** Requests for anything that is not served from `address`. */
  const elsewhere: string[] = [];
  await context.route(
    (url) => url.origin !== address,
    (route) => {
      elsewhere.push(route.request().url());
      return route.abort();
    },
  );
  const page = await context.newPage();
  /** What the page complained about on its console, or stopped at. */
  const complaints: string[] = [];
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) complaints.push(message.text());
  });
  page.on("pageerror", (error) => complaints.push(error.message));
  await page.goto(address);

  const textIn = (editor: Locator) =>
    editor
      .locator(".CodeMirror")
      .evaluate((element) => (element as unknown as CodeMirrorElement).CodeMirror.getValue());
  const tools = page.locator(".graphiql-editor-tool .graphiql-editor");
  const [variables, headers] = [tools.nth(0), tools.nth(1)];
  const response = page.locator(".result-window");
  await response.locator(".CodeMirror").waitFor();

  const answer = async () => {
    await expect.poll(() => textIn(response), patience).not.toBe("");
    return JSON.parse(await textIn(response));
  };

  return {
    page,
    complaints,
    elsewhere,
    answer,
    account: (staffNo: string) => page.locator(`input[name=account][value=${staffNo}]`),
    choose: (staffNo: string) =>
      page.locator("label.choice", { has: page.locator(`[value=${staffNo}]`) }).click(),
    async run() {
      await page.getByRole("button", { name: /^Execute query/ }).click();
      return answer();
    },
    variables: async () => JSON.parse(await textIn(variables)),
    headers: async () => JSON.parse(await textIn(headers)),
    writeHeaders: (text: string) =>
      headers
        .locator(".CodeMirror")
        .evaluate(
          (element, written) => (element as unknown as CodeMirrorElement).CodeMirror.setValue(written),
          text,
        ),
    /** Is the name of the tab in front to be read, however many there are? (A single one has none.) */
    isTabInView: () =>
      page.locator(".graphiql-tab-active").evaluateAll((tabs) =>
        tabs.every((tab) => {
          const [name, bar] = [tab, tab.parentElement!].map((element) => element.getBoundingClientRect());
          return bar!.left <= name!.left && name!.right <= bar!.right;
        }),
      ),
    /** The table under the editors: its rows, cell by cell. */
    async notShownClear() {
      const rows = await page.locator("#not-shown tbody tr").all();
      return Promise.all(rows.map((row) => row.locator("th, td").allInnerTexts()));
    },
  };
}
