import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { json } from "../http/answer.js";
import { type Assets, assetsIn, page, pageHeaders, staticAsset } from "../http/assets.js";
import { readStarters } from "./starters.js";

/** Someone to ask as. */
export interface PlaygroundAccount {
  readonly staffNo: string;
  readonly name: string;
  readonly post: string;
  /** What the account is there to show. */
  readonly what: string;
}

export interface PlaygroundParts {
  /** The accounts of the demo organisation; null unless it is loaded and the server listens on loopback. */
  readonly demo: {
    readonly accounts: readonly PlaygroundAccount[];
    /** The headers that tell that this account is asking. */
    headersFor(staffNo: string): Promise<Readonly<Record<string, string>>>;
  } | null;
}

const browserFolder = fileURLToPath(new URL("./browser", import.meta.url));

/** Scripts and styles of others, by the path they are served under: package and file. */
const vendored = {
  "/playground/react.js": ["react", "umd/react.production.min.js"],
  "/playground/react-dom.js": ["react-dom", "umd/react-dom.production.min.js"],
  "/playground/graphiql.js": ["graphiql", "graphiql.min.js"],
  "/playground/graphiql.css": ["graphiql", "graphiql.min.css"],
} as const;

/** The playground: a page at `/`, and below `/playground/` all that it needs. Read once, now. */
export async function playgroundAssets({ demo }: PlaygroundParts): Promise<Assets> {
  const index = await readFile(join(browserFolder, "index.html"), "utf8");
  const start = JSON.stringify({ demo: demo !== null, operations: await readStarters() });
  return new Map([
    ["/", page(() => index)],
    ...(await assetsIn(browserFolder, "/playground")),
    ...(await Promise.all(Object.entries(vendored).map(vendoredAsset))),
    ["/playground/start.json", staticAsset("/playground/start.json", Buffer.from(start))],
    ...(demo ? [["/playground/accounts.json", accountsOf(demo)] as const] : []),
  ]);
}

const accountsOf =
  ({ accounts, headersFor }: NonNullable<PlaygroundParts["demo"]>) =>
  async () => {
    const listed = accounts.map(async ({ staffNo, name, post, what }) => ({
      staffNo,
      name,
      post,
      what,
      headers: await headersFor(staffNo),
    }));
    return { ...json(200, await Promise.all(listed)), headers: pageHeaders };
  };

const { resolve } = createRequire(import.meta.url);

/** Found through the package's manifest: not every package names its browser builds among its exports. */
async function vendoredAsset([path, [name, file]]: [string, readonly [string, string]]) {
  const body = await readFile(join(resolve(`${name}/package.json`), "..", file));
  return [path, staticAsset(path, body)] as const;
}
