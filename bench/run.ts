import "reflect-metadata";
import { benchForms } from "./forms.js";
import { benchGuard } from "./guard.js";
import { benchNeighbours } from "./neighbours.js";
import { benchSoak } from "./soak.js";

const benches: Record<string, () => Promise<void>> = {
  forms: benchForms,
  guard: benchGuard,
  neighbours: benchNeighbours,
  soak: benchSoak,
};
const bench = benches[process.argv[2] ?? ""];
if (bench) await bench();
else {
  process.stderr.write(`Usage: npm run bench -- ${Object.keys(benches).join("|")}\n`);
  process.exitCode = 1;
}
