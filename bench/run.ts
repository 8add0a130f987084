import "reflect-metadata";
import { benchDeviceKpis } from "./device-kpis.js";
import { benchForms } from "./forms.js";
import { benchGuard } from "./guard.js";
import { benchLedger } from "./ledger.js";
import { benchNeighbours } from "./neighbours.js";
import { benchProof } from "./proof.js";
import { benchRegister } from "./register.js";
import { benchSoak } from "./soak.js";

const benches: Record<string, () => Promise<void>> = {
  "device-kpis": benchDeviceKpis,
  forms: benchForms,
  guard: benchGuard,
  ledger: benchLedger,
  neighbours: benchNeighbours,
  proof: benchProof,
  register: benchRegister,
  soak: benchSoak,
};
const bench = benches[process.argv[2] ?? ""];
if (bench) await bench();
else {
  process.stderr.write(`Usage: npm run bench -- ${Object.keys(benches).join("|")}\n`);
  process.exitCode = 1;
}
