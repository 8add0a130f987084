import type { Browser } from "playwright-core";
import decodeQR from "qr/decode.js";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { deviceLabel } from "../../src/devices/device-label.js";
import { noBrowser, openBrowser } from "../playground/browser.js";
import { type DemoServer, demoServer } from "../support/execute-as.js";

describe.skipIf(noBrowser && !process.env.CI)("a label, as a browser draws it", () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await openBrowser();
  });
  afterAll(() => browser?.close());

  /** The picture that somebody would print, and what its text says. */
  async function drawn(label: string) {
    const page = await browser.newPage({ deviceScaleFactor: 4 });
    await page.setContent(`<body style="margin:0">${label}</body>`);
    const svg = page.locator("svg");
    const picture = (await svg.screenshot()).toString("base64");
    const pixels = await page.evaluate(async (png) => {
      const image = new Image();
      image.src = `data:image/png;base64,${png}`;
      await image.decode();
      const { width, height } = image;
      const canvas = new OffscreenCanvas(width, height).getContext("2d")!;
      canvas.drawImage(image, 0, 0);
      return { width, height, data: [...canvas.getImageData(0, 0, width, height).data] };
    }, picture);
    const boxes = await page.evaluate(() => {
      const box = (selector: string) => {
        const { left, right, top, bottom } = document.querySelector(selector)!.getBoundingClientRect();
        return { left, right, top, bottom };
      };
      return { label: box("svg"), code: box("path"), text: box("text") };
    });
    const text = await svg.locator("text").textContent();
    await page.close();
    return { image: { ...pixels, data: Uint8ClampedArray.from(pixels.data) }, text, boxes };
  }

  test.each(["D1", "D-2026/0042", `<b>&"'`, "设备-0042 é", "W".repeat(64), "号".repeat(64)])(
    "%s is what the code carries, alone, and what stands under it",
    async (deviceNo) => {
      const { image, text, boxes } = await drawn(deviceLabel(deviceNo));
      expect(decodeQR(image, { timeLimit: 10_000 })).toBe(deviceNo);
      expect(text).toBe(deviceNo);
      expect(boxes.text.top).toBeGreaterThan(boxes.code.bottom);
      expect(boxes.text.bottom).toBeLessThanOrEqual(boxes.label.bottom + 0.5);
      expect(boxes.text.left).toBeGreaterThanOrEqual(boxes.label.left);
      expect(boxes.text.right).toBeLessThanOrEqual(boxes.label.right);
    },
  );

  test("around the code are four modules of white, which scanners need", async () => {
    const { boxes } = await drawn(deviceLabel("D1"));
    const module = (boxes.label.right - boxes.label.left) / (21 + 2 * 4);
    expect(boxes.code.left - boxes.label.left).toBeCloseTo(4 * module, 1);
    expect(boxes.label.right - boxes.code.right).toBeCloseTo(4 * module, 1);
    expect(boxes.code.top - boxes.label.top).toBeCloseTo(4 * module, 1);
  });
});

test("a label is sized in millimetres, and is well-formed whatever the number", () => {
  expect(deviceLabel(`<"&'>`)).toMatch(
    /^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg" width="24mm" height="[\d.]+mm" viewBox="0 0 29 34">/,
  );
  expect(deviceLabel(`<"&'>`)).toContain(">&lt;&quot;&amp;&apos;&gt;</text>");
});

describe("Device.label", () => {
  let server: DemoServer;
  beforeAll(async () => {
    server = await demoServer();
  });
  afterAll(() => server?.close());

  const idOf = async (deviceNo: string) =>
    (await server.database.db.device.findUniqueOrThrow({ where: { deviceNo } })).id;
  const query = "query ($id: ID!) { device(id: $id) { label deviceNo } }";

  test.each(["sam", "sue", "clerk", "tim", "fin"])(
    "%s, who sees the number, gets the label",
    async (account) => {
      const { data, extensions } = await server.executeAs(account, query, {
        variables: { id: await idOf("D1") },
      });
      expect(data.device).toEqual({ label: deviceLabel("D1"), deviceNo: "D1" });
      expect(extensions?.access?.fields ?? []).toEqual([]);
    },
  );

  test("it is withheld where the number is, for the same reason, and told apart", async () => {
    await server.database.db.employeeRole.create({
      data: {
        employeeId: (await server.database.db.employee.findUniqueOrThrow({ where: { staffNo: "pat" } })).id,
        role: "INSPECTOR",
      },
    });
    const { data, extensions } = await server.executeAs("pat", query, {
      variables: { id: await idOf("D1") },
    });
    expect(data.device).toEqual({ label: null, deviceNo: null });
    const [number, label] = extensions!.access!.fields;
    expect(label).toEqual({ ...number, field: "Device.label" });
    expect(number).toMatchObject({ field: "Device.deviceNo", outcome: "WITHHELD", rows: 1 });
    const own = await server.executeAs("pat", query, { variables: { id: await idOf("D2") } });
    expect(own.data.device.label).toBe(deviceLabel("D2"));
  });

  test("nobody filters or sorts by it, whatever the name that they give it", async () => {
    for (const args of ["where: { label: { isNull: false } }", "orderBy: [{ field: label }]"]) {
      const { errors } = await server.executeAs("tim", `{ devices(${args}) { totalCount } }`);
      expect(errors?.[0]?.extensions?.code).toBe("GRAPHQL_VALIDATION_FAILED");
    }
  });
});
