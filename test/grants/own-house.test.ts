import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { policy } from "../../src/access/policy.js";
import { employeeId } from "../../src/database/demo/people.js";
import { type DemoServer, demoServer } from "../support/execute-as.js";
import { aCase, filed, granted, stepOn, withoutTrace } from "../support/forms.js";
import { otherwise } from "../support/people.js";
import { step } from "../support/steps.js";
import { wipeCopies } from "../support/wipe-copies.js";

// Nobody of administration decides for administration's own people: a reviewer of another section does, or the general
// manager (rulebook 6-32).

let server: DemoServer;
beforeAll(async () => {
  server = await demoServer({ policy: { ...policy, limits: { ...policy.limits, emergencyHours: 2 } } });
});
afterAll(() => server?.close());

const note = "Has been looked at.";

const ended = async (): Promise<string> => {
  const id = await stepOn(server, "cara", "openEmergencyAccess", {
    ...{ customerCodes: ["C2"], reason: "The shop is on fire", purpose: "CUSTOMER_SERVICE", hours: 2 },
  });
  return stepOn(server, "cara", "endEmergencyAccess", { id });
};

/** A leaving of which everything is settled. */
async function cleared(employee: string): Promise<string> {
  const id = await stepOn(server, "sue", "confirmOffboarding", {
    ...{ employeeId: employeeId(employee), kind: "LEAVE", reason: "Gave notice" },
  });
  await server.database.db.device.updateMany({
    where: { custodianId: employeeId(employee) },
    data: { custodianId: null },
  });
  await wipeCopies(server, employee);
  await stepOn(server, employee, "promiseSecrecy", { id, promised: true });
  await stepOn(server, "sue", "handOverOffboarding", { id, successorId: employeeId("dora") });
  await stepOn(server, "sue", "filePermissionForm", { id });
  await stepOn(server, "sue", "clearDepartmentOffboarding", { id });
  await stepOn(server, "tim", "clearDevicesOffboarding", { id });
  return stepOn(server, "spec", "clearMaterialOffboarding", { id });
}

interface Case {
  readonly mutation: string;
  /** Whom the forms are about: another one for each. */
  readonly about: readonly [string, string, string];
  readonly form: (employee: string) => Promise<string>;
  readonly to: string;
}

const classified = () => filed(server, { fields: ["Customer.idNumber"] });
const given = () => granted(server, { employee: "cara", form: aCase });

describe.each<Case>([
  {
    ...{ mutation: "acknowledgeSensitiveUse", about: ["carl", "carl", "carl"] },
    ...{ form: classified, to: "OPEN" },
  },
  {
    ...{ mutation: "objectToSensitiveUse", about: ["carl", "carl", "carl"] },
    ...{ form: classified, to: "REVOKED" },
  },
  { mutation: "suspendGrant", about: ["cara", "cara", "cara"], form: given, to: "SUSPENDED" },
  { mutation: "justifyEmergencyAccess", about: ["cara", "cara", "cara"], form: ended, to: "JUSTIFIED" },
  { mutation: "disallowEmergencyAccess", about: ["cara", "cara", "cara"], form: ended, to: "UNJUSTIFIED" },
  { mutation: "closeOffboarding", about: ["sam", "neo", "ian"], form: cleared, to: "CLOSED" },
])("$mutation", ({ mutation, about, form, to }) => {
  const take = (account: string, id: string) => step(server, account, mutation, { id, note });

  test("for people of other departments: administration, not the general manager", async () => {
    const id = await form(about[0]);
    expect(await withoutTrace(server, () => take("gina", id))).toMatchObject({ code: "NOT_YOUR_ROLE" });
    expect(await take("adam", id)).toMatchObject({ form: { state: to } });
  });

  test("for administration's own: the general manager, not administration", async () => {
    const id = await form(about[1]);
    await otherwise(server, about[1], { departmentCode: "ADMINISTRATION" }, async () => {
      await withoutTrace(server, async () => {
        expect(await take("adam", id)).toMatchObject({ code: "SELF_DECISION", paths: ["input.id"] });
        expect(await take("ada", id)).toMatchObject({ code: "NOT_YOUR_ROLE" });
      });
      expect(await take("gina", id)).toMatchObject({ form: { state: to } });
    });
  });

  test("or a reviewer of another section", async () => {
    const id = await form(about[2]);
    await otherwise(server, about[2], { departmentCode: "ADMINISTRATION" }, () =>
      otherwise(server, "fin", { roles: ["ADMIN_REVIEWER"] }, async () => {
        expect(await take("fin", id)).toMatchObject({ form: { state: to } });
      }),
    );
  });
});
