import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { extname, join, posix } from "node:path";
import type { Answer } from "./answer.js";

/** Something to GET: made anew for each request, or read once. */
export type Asset = (headers: { readonly "if-none-match"?: string | undefined }) => Answer | Promise<Answer>;

/** By exact path. */
export type Assets = ReadonlyMap<string, Asset>;

const types: Readonly<Record<string, string>> = {
  ".css": "text/css; charset=utf-8",
  ".html": "text/html; charset=utf-8",
  ".ico": "image/x-icon",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json; charset=utf-8",
  ".mjs": "text/javascript; charset=utf-8",
  ".png": "image/png",
  ".svg": "image/svg+xml",
  ".ttf": "font/ttf",
  ".txt": "text/plain; charset=utf-8",
  ".woff2": "font/woff2",
};

/** A page may use what this server serves, and nothing from elsewhere; nobody may frame it. */
export const pageHeaders = {
  "content-security-policy":
    "default-src 'self'; img-src 'self' data:; font-src 'self' data:; style-src 'self' 'unsafe-inline'; " +
    "worker-src 'self' blob:; object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  "referrer-policy": "no-referrer",
};

/** A page made anew for each request. */
export const page =
  (html: () => string | Promise<string>): Asset =>
  async () => ({ status: 200, type: types[".html"]!, body: await html(), headers: pageHeaders });

/** A file's content, that browsers may keep as long as they ask whether it still holds. */
export function staticAsset(path: string, body: Uint8Array): Asset {
  const etag = `"${createHash("sha256").update(body).digest("base64url").slice(0, 22)}"`;
  const type = types[extname(path)] ?? "application/octet-stream";
  const headers = { ...pageHeaders, "cache-control": "no-cache", etag };
  return ({ "if-none-match": known }) =>
    known === etag ? { status: 304, type, body: "", headers } : { status: 200, type, body, headers };
}

/** All files of a folder, below `prefix`: read now, so that no request ever reaches the file system. */
export async function assetsIn(folder: string, prefix = "/"): Promise<Assets> {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true });
  const files = entries.filter((entry) => entry.isFile());
  return new Map(
    await Promise.all(
      files.map(async (entry) => {
        const file = join(entry.parentPath ?? entry.path, entry.name);
        const path = posix.join(prefix, file.slice(folder.length).replaceAll("\\", "/"));
        return [path, staticAsset(path, await readFile(file))] as const;
      }),
    ),
  );
}
