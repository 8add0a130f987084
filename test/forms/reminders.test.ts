import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { employeeId } from "../../src/database/demo/people.js";
import { askWhatIsNeeded } from "../../src/grants/recertify.js";
import { keepTime } from "../../src/workflow/keep-time.js";
import { addDossier } from "../dossiers/add-dossier.js";
import { testNow } from "../support/database.js";
import { type DemoServer, demoServer } from "../support/execute-as.js";
import { aCase, filed, granted, stepOn } from "../support/forms.js";

// What is said of a form as its instants come (rulebook 2.5): to whom, once each, by two servers that look at the same
// time.

let server: DemoServer;
beforeEach(async () => {
  server = await demoServer();
});
afterEach(() => server?.close());

const hour = 3_600_000;
const day = 24;
const hoursAfter = (from: Date, hours: number) => new Date(from.getTime() + hours * hour);

/** A form, and the instant that its reminders are about. */
interface Reminded {
  readonly id: string;
  readonly instant: Date;
}
type Scene = () => Promise<Reminded>;
/** Who hears what at a look; looks are at hours from the instant. */
type Look = readonly [hours: number, told: Readonly<Record<string, string | readonly string[]>>];

/** A dossier that sam has borrowed for so many hours, from now on. */
const loanOf =
  (termHours: number): Scene =>
  async () => {
    const dossierId = await addDossier(server.database.db, "C1");
    const loan = { form: "loan" };
    const id = await stepOn(
      server,
      "sam",
      "requestLoan",
      { dossierId, copies: 1, reason: "A visit to the customer" },
      loan,
    );
    await stepOn(server, "sue", "sealLoan", { id, unitSeal: true }, loan);
    await stepOn(server, "spec", "approveLoan", { id }, loan);
    await stepOn(server, "spec", "registerLoan", { id, termHours }, loan);
    await stepOn(server, "sam", "signForLoan", { id }, loan);
    return { id, instant: hoursAfter(testNow, termHours) };
  };

const declarationOf =
  (hours: number): Scene =>
  async () => {
    const instant = hoursAfter(testNow, hours);
    return { id: await filed(server, { plannedUntil: instant.toISOString() }), instant };
  };

const grantOf =
  (days: number): Scene =>
  async () => {
    const instant = hoursAfter(testNow, days * day);
    const form = { ...aCase, validTo: instant.toISOString() };
    return { id: await granted(server, { employee: "cara", form }), instant };
  };

const goingOf =
  (kind: object, formFiled = false): Scene =>
  async () => {
    const instant = hoursAfter(testNow, day);
    const input = {
      employeeId: employeeId("sam"),
      reason: "Gave notice",
      effectiveAt: instant.toISOString(),
      ...kind,
    };
    const id = await stepOn(server, "sue", "confirmOffboarding", input);
    if (formFiled) await stepOn(server, "sue", "filePermissionForm", { id });
    return { id, instant };
  };
const leave = { kind: "LEAVE" };
const transfer = { kind: "TRANSFER", toDepartment: "CUSTOMER_SERVICE", toPost: "Agent" };

const recertification: Scene = async () => {
  const { db } = server.database;
  await askWhatIsNeeded(db, new Date("2027-01-04T09:00:00+08:00"), 3);
  const { id, dueAt } = await db.recertification.findFirstOrThrow({
    where: { granteeId: employeeId("pat"), round: "2027-01" },
  });
  return { id, instant: dueAt! };
};

const training: Scene = async () => {
  const { id, expiresAt } = await server.database.db.trainingRecord.findFirstOrThrow({
    where: { employeeId: employeeId("dora"), kind: "DEVICE", state: "PASSED" },
  });
  return { id, instant: expiresAt! };
};

const expiresIn = (days: number) => `A training expires within ${days} days.`;
const expired = "A training has expired.";
const soon = "A borrowed dossier is due within a day.";
const notBack = "A borrowed dossier has not been brought back.";
const late = { sam: notBack, sue: notBack };
const ending = "The declaration ends within four hours: what was used is to be returned.";
const over = "The declaration is over and nothing has been returned.";
const twoWeeks = "The grant ends within two weeks.";
const threeDays = "The grant ends within three days.";
const settle = "What is open is to be settled.";
const effect = { sam: settle, sue: settle, spec: settle, tess: settle, tim: settle };
const open = "Items are still open.";
const permission = "The system-permission approval form is due.";

test.each<[string, Scene, readonly Look[]]>([
  [
    "a training: thirty days and seven days before it expires, and then, to the person and the head",
    training,
    [
      [-30 * day - 0.1, {}],
      [-30 * day, { dora: expiresIn(30), sue: expiresIn(30) }],
      [-8 * day, {}],
      [-7 * day, { dora: expiresIn(7), sue: expiresIn(7) }],
      [-1, {}],
      [0, { dora: expired, sue: expired }],
      [day, {}],
    ],
  ],
  [
    "a loan: a day before to the borrower, then each day to the head as well",
    loanOf(72),
    [
      [-24.1, {}],
      [-24, { sam: soon }],
      [-23, {}],
      [-1, {}],
      [0, late],
      [23, {}],
      [24, late],
      [25, {}],
      [48, late],
    ],
  ],
  [
    "a loan, after a stop of five days: what is missed is said once, and each day again from then on",
    loanOf(72),
    [
      [120, late],
      [121, {}],
      [144, late],
    ],
  ],
  [
    "a loan, after a stop until it is due: not that it is near",
    loanOf(72),
    [
      [-48, {}],
      [0.5, late],
    ],
  ],
  [
    "a loan for less than a day: nothing when it begins",
    loanOf(12),
    [
      [-12, {}],
      [-6, {}],
      [0, late],
    ],
  ],
  [
    "a declaration: four hours before and when it is over, to the declarer and administration",
    declarationOf(48),
    [
      [-4.1, {}],
      [-4, { carl: ending, adam: ending }],
      [-3, {}],
      [0, { carl: over, adam: over }],
      [24, {}],
      [72, {}],
    ],
  ],
  [
    "a declaration, after a stop of days: that it is over, once",
    declarationOf(48),
    [
      [96, { carl: over, adam: over }],
      [97, {}],
    ],
  ],
  [
    "a declaration for three hours: nothing when it begins",
    declarationOf(3),
    [
      [-3, {}],
      [-2, {}],
      [0, { carl: over, adam: over }],
    ],
  ],
  [
    "a grant: two weeks and three days before, to the grantee and the head",
    grantOf(20),
    [
      [-14 * day - 1, {}],
      [-14 * day, { cara: twoWeeks, mona: twoWeeks }],
      [-4 * day, {}],
      [-3 * day, { cara: threeDays, mona: threeDays }],
      [-1, {}],
      [0, {}],
      [day, {}],
    ],
  ],
  [
    "a grant, after a stop: only what is nearest",
    grantOf(20),
    [
      [-2 * day, { cara: threeDays, mona: threeDays }],
      [-1, {}],
    ],
  ],
  [
    "a grant for ten days: only what lies within them",
    grantOf(10),
    [
      [-10 * day, {}],
      [-3 * day, { cara: threeDays, mona: threeDays }],
    ],
  ],
  [
    "a grant for a day: nothing",
    grantOf(1),
    [
      [-24, {}],
      [-12, {}],
      [-1, {}],
      [0, {}],
    ],
  ],
  ...(
    [
      ["leaving", leave],
      ["a transfer", transfer],
    ] as const
  ).flatMap(([what, kind]): [string, Scene, readonly Look[]][] => [
    [
      `${what}: on day 0, on day 1, and when the permission form is due`,
      goingOf(kind),
      [
        [-1, {}],
        [0, effect],
        [12, {}],
        [day, { sam: open, sue: open }],
        [2 * day, {}],
        [3 * day, { sam: open, sue: permission, adam: permission }],
        [4 * day, {}],
        [10 * day, {}],
      ],
    ],
    [
      `${what}: nothing of a permission form that has been filed`,
      goingOf(kind, true),
      [
        [0, effect],
        [day, { sam: open, sue: open }],
        [3 * day, { sam: open, sue: open }],
        [4 * day, {}],
      ],
    ],
    [
      `${what}, after a stop that began before it: what is missed is said once`,
      goingOf(kind),
      [
        [5 * day, { ...effect, sue: [settle, permission], adam: permission }],
        [6 * day, {}],
      ],
    ],
    [
      `${what}, after a stop from day 0 on: what is missed is said once`,
      goingOf(kind),
      [
        [0, effect],
        [5 * day, { sam: open, sue: permission, adam: permission }],
        [6 * day, {}],
      ],
    ],
  ]),
  [
    "a recertification: 72 hours before, to the head",
    recertification,
    [
      [-72.1, {}],
      [-72, { pia: "Grants wait to be confirmed." }],
      [-71, {}],
      [0, {}],
    ],
  ],
])("%s", async (_, scene, looks) => {
  const { db } = server.database;
  const { id, instant } = await scene();
  for (const [hours, told] of looks) {
    const now = hoursAfter(instant, hours);
    await db.notification.updateMany({ where: { recordId: id }, data: { readAt: now } });
    const kept = await Promise.all([keepTime(db, now), keepTime(db, now)]);
    expect(kept.flatMap(({ failures }) => failures)).toEqual([]);
    const heard = await db.notification.findMany({
      where: { recordId: id, readAt: null },
      select: { says: true, person: { select: { staffNo: true } } },
    });
    const lines = heard.map(({ says, person }) => `${hours} h: ${person.staffNo}: ${says}`).sort();
    const expected = Object.entries(told).flatMap(([who, said]) =>
      [said].flat().map((says) => `${hours} h: ${who}: ${says}`),
    );
    expect(lines).toEqual(expected.sort());
  }
});

describe("what has been seen to is not reminded of", () => {
  test.each<[string, Scene, string, string, object]>([
    ["a dossier that is back", loanOf(72), "spec", "returnLoan", { condition: "GOOD" }],
    [
      "a declaration to which administration objects",
      declarationOf(48),
      "adam",
      "objectToSensitiveUse",
      { note: "No." },
    ],
    ["a grant that is held up", grantOf(20), "adam", "suspendGrant", { note: "Looked into." }],
  ])("%s", async (_, scene, account, mutation, more) => {
    const { db } = server.database;
    const { id, instant } = await scene();
    const form = mutation === "returnLoan" ? { form: "loan" } : {};
    await stepOn(server, account, mutation, { id, ...more }, form);
    const since = await db.notification.count({ where: { recordId: id } });
    for (const hours of [-14 * day, -3 * day, -day, -4, 0, day])
      await keepTime(db, hoursAfter(instant, hours));
    expect(await db.notification.count({ where: { recordId: id } })).toBe(since);
  });
});
