import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { assetsIn, page } from "../../src/http/assets.js";
import { openDoor } from "./open-door.js";

async function aFolder() {
  const folder = await mkdtemp(join(tmpdir(), "assets-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  await mkdir(join(folder, "inner"));
  await writeFile(join(folder, "app.js"), "run()");
  await writeFile(join(folder, "inner", "style.css"), "a {}");
  return folder;
}

const get = (path: string, headers: Record<string, string> = {}) => ({ method: "GET", path, headers });

test("the files of a folder are served under their paths and types, and nothing else is", async () => {
  const { send } = await openDoor({ assets: await assetsIn(await aFolder(), "/static") });
  expect(await send(get("/static/app.js?v=1"))).toMatchObject({
    status: 200,
    text: "run()",
    headers: { "content-type": "text/javascript; charset=utf-8", "x-content-type-options": "nosniff" },
  });
  expect(await send(get("/static/inner/style.css"))).toMatchObject({ status: 200, text: "a {}" });
  for (const path of [
    "/static/",
    "/static/../app.js",
    "/static/%2e%2e/package.json",
    "/app.js",
    "//static/app.js",
    "/constructor",
  ]) {
    expect(await send(get(path))).toMatchObject({ status: 404, codes: ["NOT_FOUND"] });
  }
});

test("a browser that has a file is told so", async () => {
  const { send } = await openDoor({ assets: await assetsIn(await aFolder()) });
  const { etag } = (await send(get("/app.js"))).headers;
  expect(await send(get("/app.js", { "if-none-match": etag! }))).toMatchObject({ status: 304, text: "" });
});

test("a page is made anew, not stored, and may load nothing from elsewhere", async () => {
  let made = 0;
  const { send } = await openDoor({ assets: new Map([["/", page(() => `<p>${++made}</p>`)]]) });
  await send(get("/"));
  const { text, headers } = await send(get("/"));
  expect(text).toBe("<p>2</p>");
  expect(headers["cache-control"]).toBe("no-store");
  expect(headers["content-security-policy"]).toMatch(/default-src 'self'.*frame-ancestors 'none'/);
  expect(headers["content-security-policy"]).not.toMatch(/https?:|\*/);
});
