import { type FormDriver, type FormPlay, formPlay } from "../form-driver.js";
import { allocation } from "./allocations.js";
import { deviceInUse } from "./faults.js";

const note = "Because.";

/** A device as the register has it. */
export async function asRegistered({ server }: Pick<FormPlay, "server">, deviceId: string) {
  const { sealNo, ipAddress, software } = await server.database.db.device.findUniqueOrThrow({
    where: { id: deviceId },
  });
  return { deviceId, found: true, complete: true, sealNo, ipAddress, software };
}

/** What is expected of a stock-take, as the register has it. */
async function everythingOf(play: FormPlay, stockTakeId: string) {
  const lines = await play.server.database.db.stockTakeLine.findMany({
    where: { stockTakeId, deviceId: { not: null } },
    orderBy: { position: "asc" },
  });
  return { lines: await Promise.all(lines.map(({ deviceId }) => asRegistered(play, deviceId!))) };
}

/** Of sam's device: tim counts. */
export const stockTake: FormDriver = {
  async stand(play, state, step) {
    const { server, now, must } = play;
    if (state === "DROPPED") {
      const allocationId = await allocation.stand(formPlay(server, "Allocation", now), "ENDED");
      return (await server.database.db.stockTake.findFirstOrThrow({ where: { allocationId } })).id;
    }
    const deviceId = await deviceInUse(play);
    const id = await must("tim", "open", { department: "SALES", deviceIds: [deviceId] });
    // With nothing left to be counted.
    if (state === "OPEN" && step === "close")
      await formPlay(server, "Device", now).must("sam", "lose", { id: deviceId, note });
    if (state === "OPEN") return id;
    await must("tim", "count", { id, ...(await everythingOf(play, id)) });
    return state === "CLOSED" ? must("tim", "close", { id }) : id;
  },
  inputs: { count: everythingOf },
};

const verdicts = {
  uphold: { reason: "It was theirs to look after", sanction: "A warning", amount: "20.00" },
  dismiss: { reason: "It had been agreed on" },
};

/** tim does not find sam's device, adam decides. */
export const violation: FormDriver = {
  async stand(play, state) {
    const { server, now, must } = play;
    const counting = formPlay(server, "StockTake", now);
    const stockTakeId = await stockTake.stand(counting, "OPEN");
    const line = await server.database.db.stockTakeLine.findFirstOrThrow({ where: { stockTakeId } });
    const lines = [{ deviceId: line.deviceId, found: false }];
    await counting.must("tim", "count", { id: stockTakeId, lines });
    const { id } = await server.database.db.violation.findFirstOrThrow({
      where: { stockTakeLineId: line.id },
    });
    if (state === "FOUND") return id;
    await must("adam", "review", { id });
    if (state === "UPHELD") return must("adam", "uphold", { id, ...verdicts.uphold });
    if (state === "DISMISSED") return must("adam", "dismiss", { id, ...verdicts.dismiss });
    return id;
  },
  inputs: {
    respond: () => ({ statement: "It was with tim, for repair" }),
    uphold: () => verdicts.uphold,
    dismiss: () => verdicts.dismiss,
  },
};
