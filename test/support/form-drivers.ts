import type { Dice } from "./dice.js";
import type { DemoServer } from "./execute-as.js";
import { aCase, aPost, application, customers, granted, stepOn } from "./forms.js";

/** How a form of one kind is opened on a real database, and what goes with its steps beside its id and a note. */
export interface FormDriver {
  /** Opens one and answers with its id. */
  open(server: DemoServer, dice: Dice, now: Date): Promise<string>;
  readonly inputs: Readonly<Record<string, (dice: Dice) => object>>;
}

const inDaysFrom = (now: Date, days: number) => new Date(now.getTime() + days * 86_400_000).toISOString();

const declarers = ["carl", "mona"];

/** Returns everything that a declarer has not, so that something new can be declared. */
async function returnAll(server: DemoServer, account: string, now: Date) {
  const open = await server.database.db.sensitiveUse.findMany({
    where: { declaredBy: { staffNo: account }, state: { in: ["OPEN", "OVERDUE"] } },
    select: { id: true },
  });
  for (const { id } of open)
    await stepOn(server, account, "returnSensitiveUse", { id, records: [], noneKept: true }, { now });
}

/** A line for each form; one without a line is played in memory only. */
export const formDrivers: Readonly<Record<string, FormDriver>> = {
  GrantApplication: {
    open: (server, dice, now) =>
      application(server, "DRAFT", {
        employee: dice.pick(["sam", "neo", "pat", "cara", "fin", "clerk", "tess"]),
        form: {
          validTo: inDaysFrom(now, 1 + dice.below(20)),
          ...(dice.chance(30) && { tier: "STEWARD" }),
        },
        now,
      }),
    inputs: {
      amend: (dice) => ({
        reason: dice.pick(["Sells", "Sells more"]),
        purposes: dice.some(aPost.purposes, 2),
      }),
      submit: (dice) => ({ unitSeal: dice.chance(90) }),
      approve: (dice) => (dice.chance(50) ? { narrowed: { purposes: dice.some(aPost.purposes, 2) } } : {}),
      vote: (dice) => ({ inFavour: dice.chance(60) }),
    },
  },
  Grant: {
    open: (server, dice, now) =>
      granted(server, {
        employee: dice.pick(["cara", "spec", "fin"]),
        form: { ...aCase, validTo: inDaysFrom(now, 1 + dice.below(20)) },
        now,
      }),
    inputs: {},
  },
  SensitiveUse: {
    async open(server, dice, now) {
      const account = dice.pick(declarers);
      await returnAll(server, account, now);
      return stepOn(
        server,
        account,
        "fileSensitiveUse",
        {
          customerIds: customers("C1"),
          fields: [dice.pick(["Customer.balance", "Customer.idNumber"])],
          purpose: "CUSTOMER_SERVICE",
          plannedUntil: inDaysFrom(now, 0.5 + dice.below(3) / 1.5),
        },
        { now },
      );
    },
    inputs: {
      return: (dice) => ({
        records: dice.chance(50) ? [] : [{ customerId: customers("C1")[0], fields: ["Customer.balance"] }],
        noneKept: dice.chance(90),
      }),
    },
  },
};
