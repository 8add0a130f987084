import { benchGuard } from "./guard.js";

const benches: Record<string, () => Promise<void>> = { guard: benchGuard };
const bench = benches[process.argv[2] ?? ""];
if (bench) await bench();
else {
  process.stderr.write(`Usage: npm run bench -- ${Object.keys(benches).join("|")}\n`);
  process.exitCode = 1;
}
