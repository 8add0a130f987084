import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Role } from "../../src/database/client.js";
import { employeeId } from "../../src/database/demo/people.js";
import { keepTime } from "../../src/workflow/keep-time.js";
import { atOnce } from "../support/at-once.js";
import { type DemoServer, demoServer } from "../support/execute-as.js";
import { aCase, granted, inDays, stepOn, withoutTrace } from "../support/forms.js";
import { otherwise } from "../support/people.js";
import { step } from "../support/steps.js";

// A grant is held up, put into force again, taken back, and comes to its end (rulebook 2.4 A2).

let server: DemoServer;
beforeAll(async () => {
  server = await demoServer();
});
afterAll(() => server?.close());

const note = "Is looked into.";
const rowOf = (id: string) => server.database.db.grant.findUniqueOrThrow({ where: { id } });
const suspended = async (id: string) => stepOn(server, "adam", "suspendGrant", { id, note });

const states = ["ACTIVE", "SUSPENDED", "REVOKED"] as const;
type State = (typeof states)[number];

/** A grant of cara's, in a state. */
async function grantThatIs(state: State): Promise<string> {
  const id = await granted(server, { employee: "cara", form: aCase });
  if (state !== "ACTIVE") await suspended(id);
  if (state === "REVOKED") await stepOn(server, "ada", "revokeGrant", { id, note });
  return id;
}

const others = { cara: "NOT_YOUR_ROLE", mona: "NOT_YOUR_ROLE", tim: "NOT_YOUR_ROLE", clerk: "NOT_YOUR_ROLE" };
const moves: readonly {
  readonly action: string;
  readonly from: State;
  readonly to: State;
  readonly right: string;
  readonly seat: string;
  readonly wrong: Readonly<Record<string, string>>;
}[] = [
  {
    ...{ action: "suspend", from: "ACTIVE", to: "SUSPENDED", right: "adam", seat: "suspender" },
    wrong: { ...others, ada: "NOT_YOUR_ROLE", gina: "NOT_YOUR_ROLE", sue: "NOT_YOUR_ROLE" },
  },
  {
    ...{ action: "restore", from: "SUSPENDED", to: "ACTIVE", right: "ada", seat: "head" },
    wrong: { ...others, adam: "NOT_YOUR_ROLE", gina: "NOT_YOUR_ROLE", sue: "NOT_YOUR_ROLE" },
  },
  {
    ...{ action: "revoke", from: "SUSPENDED", to: "REVOKED", right: "ada", seat: "head" },
    wrong: { ...others, adam: "NOT_YOUR_ROLE", gina: "NOT_YOUR_ROLE", sue: "NOT_YOUR_ROLE" },
  },
];

describe.each(moves)("$action", ({ action, from, to, right, seat, wrong }) => {
  const mutation = `${action}Grant`;

  test("by whose step it is, and by nobody else", async () => {
    const id = await grantThatIs(from);
    await withoutTrace(server, async () => {
      const told: Record<string, string | undefined> = {};
      for (const account of Object.keys(wrong))
        told[account] = (await step(server, account, mutation, { id, note })).code;
      expect(told).toEqual(wrong);
    });
    expect(await step(server, right, mutation, { id, note })).toMatchObject({ form: { id, state: to } });
    const event = await server.database.db.formEvent.findFirstOrThrow({
      where: { recordId: id, action },
    });
    expect(event).toMatchObject({ from, to, seat, note, byId: employeeId(right) });
  });

  test("only from where it begins, and never again from its end", async () => {
    const ids: string[] = [];
    for (const state of states) if (state !== from) ids.push(await grantThatIs(state));
    await withoutTrace(server, async () => {
      for (const id of ids)
        expect(await step(server, right, mutation, { id, note })).toMatchObject({
          code: "WRONG_STATE",
          paths: ["input.id"],
        });
    });
  });

  test("says why", async () => {
    const id = await grantThatIs(from);
    const told = await withoutTrace(server, () => step(server, right, mutation, { id }));
    expect(told).toMatchObject({ code: "FORM_INCOMPLETE", paths: ["input.note"] });
  });

  test("twice at once: once", async () => {
    const id = await grantThatIs(from);
    const take = () => step(server, right, mutation, { id, note });
    const both = await atOnce(server.database, { table: "Grant", id }, [take, take]);
    expect(both.map(({ code }) => code).sort()).toEqual(["WRONG_STATE", undefined]);
    expect(await server.database.db.formEvent.count({ where: { recordId: id, action } })).toBe(1);
  });
});

test("restored and taken back at once: one of them", async () => {
  const id = await grantThatIs("SUSPENDED");
  const told = await atOnce(server.database, { table: "Grant", id }, [
    () => step(server, "ada", "restoreGrant", { id, note }),
    () => step(server, "ada", "revokeGrant", { id, note }),
  ]);
  expect(told.map(({ code }) => code).sort()).toEqual(["WRONG_STATE", undefined]);
});

describe("nobody decides on themselves, nor in two seats", () => {
  test.each<[string, string, Role, State, string]>([
    ["the grantee does not hold it up", "cara", "ADMIN_REVIEWER", "ACTIVE", "suspend"],
    ["the grantee does not restore it", "cara", "ADMIN_HEAD", "SUSPENDED", "restore"],
    ["the grantee does not take it back", "cara", "ADMIN_HEAD", "SUSPENDED", "revoke"],
    ["who held it up does not restore it", "adam", "ADMIN_HEAD", "SUSPENDED", "restore"],
    ["who held it up does not take it back", "adam", "ADMIN_HEAD", "SUSPENDED", "revoke"],
  ])("%s", async (_, account, role, state, action) => {
    const id = await grantThatIs(state);
    await otherwise(server, account, { roles: [role] }, () =>
      withoutTrace(server, async () => {
        const told = await step(server, account, `${action}Grant`, { id, note });
        expect(told).toMatchObject({ form: null, code: "SELF_DECISION" });
      }),
    );
  });

  test("the head of administration's own grant: held up by a reviewer of another section, settled by the general manager", async () => {
    const { id } = await server.database.db.grant.findFirstOrThrow({
      where: { granteeId: employeeId("ada"), state: "ACTIVE" },
    });
    await withoutTrace(server, async () => {
      expect((await step(server, "adam", "suspendGrant", { id, note })).code).toBe("SELF_DECISION");
      expect((await step(server, "gina", "suspendGrant", { id, note })).code).toBe("SELF_DECISION");
    });
    await otherwise(server, "fin", { roles: ["ADMIN_REVIEWER"] }, () =>
      stepOn(server, "fin", "suspendGrant", { id, note }),
    );
    expect((await step(server, "ada", "restoreGrant", { id, note })).code).toBe("SELF_DECISION");
    expect((await step(server, "gina", "restoreGrant", { id, note })).code).toBeUndefined();
  });
});

test("held up again after it was restored, by somebody else", async () => {
  const id = await grantThatIs("SUSPENDED");
  await stepOn(server, "ada", "restoreGrant", { id, note });
  await otherwise(server, "clerk", { roles: ["ADMIN_REVIEWER"] }, async () => {
    await stepOn(server, "clerk", "suspendGrant", { id, note });
  });
  expect(await rowOf(id)).toMatchObject({
    ...{ state: "SUSPENDED", suspendedById: employeeId("clerk"), settledById: employeeId("ada") },
    endedAt: null,
  });
});

describe("what it opens", () => {
  const read = "{ customers(first: 1) { nodes { name } } }";
  const asked = async (now: string) => {
    const { data, errors } = await server.executeAs("pat", read, { now: new Date(now) });
    return errors ? errors[0]!.extensions?.code : data.customers.nodes.length;
  };
  let id: string;
  beforeEach(async () => {
    id = await granted(server, {
      employee: "pat",
      form: { customerScope: "OPEN_ORDERS", purposes: ["PRODUCTION_PLANNING"], validTo: inDays(30) },
    });
  });

  test("nothing while it is held up, and again what it did once it is restored", async () => {
    expect(await asked(inDays(1))).toBe(1);
    await suspended(id);
    expect(await asked(inDays(1))).toBe("GRANT_EXPIRED");
    await stepOn(server, "ada", "restoreGrant", { id, note });
    expect(await asked(inDays(1))).toBe(1);
  });

  test("nothing once it is taken back", async () => {
    await suspended(id);
    await stepOn(server, "ada", "revokeGrant", { id, note });
    expect(await asked(inDays(1))).toBe("GRANT_EXPIRED");
    const { state, endedAt, settledAt } = await rowOf(id);
    expect([state, endedAt]).toEqual(["REVOKED", settledAt]);
  });

  test("nothing from its end on, whether or not the clock has looked", async () => {
    const end = new Date(inDays(30));
    expect(await asked(new Date(end.getTime() - 1).toISOString())).toBe(1);
    expect(await asked(end.toISOString())).toBe("GRANT_EXPIRED");
    expect(await rowOf(id)).toMatchObject({ state: "ACTIVE", endedAt: null });
    // By then devices that nobody has used lie idle, which is not what this is about.
    await server.database.db.allocation.updateMany({ data: { unusedAt: new Date(inDays(60)) } });
    await keepTime(server.database.db, new Date(inDays(30.5)));
    expect(await rowOf(id)).toMatchObject({ state: "EXPIRED", endedAt: end });
    expect(await asked(end.toISOString())).toBe("GRANT_EXPIRED");
    const last = await server.database.db.formEvent.findFirstOrThrow({
      where: { recordId: id },
      orderBy: { seq: "desc" },
    });
    expect(last).toMatchObject({ action: "expire", from: "ACTIVE", to: "EXPIRED", byId: null });
  });
});

describe("at its end", () => {
  test("nobody holds it up any more, whether or not the clock has looked", async () => {
    const id = await grantThatIs("ACTIVE");
    const late = { now: new Date(aCase.validTo) };
    await withoutTrace(server, async () => {
      expect((await step(server, "adam", "suspendGrant", { id, note }, late)).code).toBe("WRONG_STATE");
    });
    const early = { now: new Date(late.now.getTime() - 1) };
    expect((await step(server, "adam", "suspendGrant", { id, note }, early)).code).toBeUndefined();
  });

  test("one that is held up waits for what is found; restored, it is over at once", async () => {
    const id = await grantThatIs("SUSPENDED");
    const late = new Date(inDays(25));
    await keepTime(server.database.db, late);
    expect(await rowOf(id)).toMatchObject({ state: "SUSPENDED" });
    await stepOn(server, "ada", "restoreGrant", { id, note }, { now: late });
    await keepTime(server.database.db, late);
    expect(await rowOf(id)).toMatchObject({ state: "EXPIRED", endedAt: new Date(aCase.validTo) });
  });
});

test("out of reach and not existing answer alike", async () => {
  const id = await grantThatIs("SUSPENDED");
  // The role alone shows nobody the grants of others.
  await otherwise(server, "bo", { roles: ["ADMIN_HEAD"] }, () =>
    withoutTrace(server, async () => {
      const unseen = await step(server, "bo", "restoreGrant", { id, note });
      expect(unseen).toEqual({ form: null, code: "NOT_FOUND", paths: ["input.id"] });
      expect(await step(server, "bo", "restoreGrant", { id: "gra_none", note })).toEqual(unseen);
    }),
  );
});
