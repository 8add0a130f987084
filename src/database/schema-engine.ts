import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { PrismaPg } from "@prisma/adapter-pg";
import {
  bindMigrationAwareSqlAdapterFactory,
  DriverAdapterError,
  type SqlMigrationAwareDriverAdapterFactory,
} from "@prisma/driver-adapter-utils";
import type { SchemaEngine } from "@prisma/schema-engine-wasm/schema_engine_bg";
import type { DatabaseError, Pool } from "pg";

/** Prisma's own schema engine, as the WebAssembly inside its npm package: nothing is downloaded. */
export async function schemaEngine(pool: Pool): Promise<SchemaEngine> {
  loading ??= load();
  const { SchemaEngine } = await loading;
  return SchemaEngine.new(
    { datamodels: undefined },
    () => {},
    bindMigrationAwareSqlAdapterFactory(wholeScripts(new PrismaPg(pool), pool)),
  );
}

/** Once a process: the bindings hold one instance of the module, and a second would take the first one's place. */
let loading: ReturnType<typeof load> | undefined;

async function load() {
  const bindings = await import("@prisma/schema-engine-wasm/schema_engine_bg");
  const script = createRequire(import.meta.url).resolve("@prisma/schema-engine-wasm/schema_engine_bg");
  const { instance } = await WebAssembly.instantiate(await readFile(script.replace(/\.js$/, ".wasm")), {
    "./schema_engine_bg.js": { ...bindings, ...idleTimers(bindings) },
  });
  bindings.__wbg_set_wasm(instance.exports);
  (instance.exports.__wbindgen_start as () => void)();
  return bindings;
}

/** The engine forgets a timer of ten seconds, which must not keep a finished process alive. */
const idleTimers = (bindings: object) =>
  Object.fromEntries(
    Object.keys(bindings)
      .filter((name) => name.startsWith("__wbg_setTimeout_"))
      .map((name) => [name, (action: () => void, wait: number) => setTimeout(action, wait).unref()]),
  );

/**
 * The adapter cuts a script at every semicolon, also inside comments and literals. Sent whole, a script is what
 * `prisma migrate deploy` sends, and is applied whole or not at all.
 */
function wholeScripts(factory: PrismaPg, pool: Pool): SqlMigrationAwareDriverAdapterFactory {
  return {
    provider: factory.provider,
    adapterName: factory.adapterName,
    connectToShadowDb: () => factory.connectToShadowDb(),
    connect: async () =>
      Object.assign(await factory.connect(), {
        executeScript: async (script: string) => {
          await pool.query(script).catch((error: DatabaseError) => {
            throw new DriverAdapterError(described(error));
          });
        },
      }),
  };
}

const described = ({ code = "", severity = "", message, detail, column, hint }: DatabaseError) => ({
  kind: "postgres" as const,
  ...{ code, severity, message, detail, column, hint },
});
