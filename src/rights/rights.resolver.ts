import { Arg, Ctx, ID, Int, Query, Resolver } from "type-graphql";
import type { Caller } from "../access/caller.js";
import { allRecords, recordOf } from "../access/classified.js";
import { decide } from "../access/decide.js";
import type { Decisions } from "../access/decisions.js";
import type { Look } from "../access/footprint.js";
import { Guard } from "../access/guard.js";
import { oversees } from "../access/oversees.js";
import type { Policy } from "../access/policy.js";
import { readable } from "../access/readable.js";
import { type ClassifiedField, fullName } from "../access/record.js";
import { inWords } from "../access/rows.js";
import { isCustomerClass } from "../access/vocabulary.js";
import type { Context } from "../context.js";
import { Customer } from "../customers/customer.type.js";
import { refusal } from "../errors.js";
import { loadCallersAt } from "../people/load-caller.js";
import { Instant } from "../reading/scalars.js";
import { FieldSeer, FieldSeers, SeenField, SeenRows } from "./rights.type.js";
import { type CustomerFacts, customerFacts, whoCanSee } from "./who-can-see.js";

/** Fields of customers and of what belongs to them, by name. */
const customerFields = (): readonly ClassifiedField[] =>
  allRecords()
    .filter(
      (record) =>
        record === recordOf(Customer) ||
        (!record.rows.secrecy && record.partOf.some((whole) => whole.record() === recordOf(Customer))),
    )
    .flatMap(({ fields }) => [...fields.values()])
    .filter(({ fieldClass }) => isCustomerClass(fieldClass));

@Resolver()
export class RightsResolver {
  @Guard(oversees)
  @Query(() => [SeenField], {
    nullable: true,
    description:
      "What somebody sees of customers with a device and a purpose, field by field, and by which grant and declaration; " +
      "also for a past instant, from what was in force then (posts are taken as they are now; the own device " +
      "is the one that they had been handed then).",
  })
  async whatCanSee(
    @Arg("employeeId", () => ID, { description: "Who." }) employeeId: string,
    @Arg("deviceId", () => ID, {
      nullable: true,
      description: "With which device; their own where it is left out.",
    })
    deviceId: string | null | undefined,
    @Arg("purpose", () => String, {
      nullable: true,
      description: "With which stated purpose; none where it is left out.",
    })
    purpose: string | null | undefined,
    @Arg("at", () => Instant, { nullable: true, description: "When; now where it is left out." }) at:
      | string
      | null,
    @Ctx() { db, decisions, policies }: Context,
  ): Promise<SeenField[]> {
    const from = deviceId ? { deviceId } : "ownDevice";
    const instant = instantOf(at, decisions!);
    const [caller] = await loadCallersAt(db, {
      ids: [employeeId],
      now: decisions!.caller.now,
      at: instant,
      from,
    });
    if (!caller) throw refusal("NOT_FOUND", { inputPath: "employeeId" });
    const policy = readable(await policies.at(instant));
    return customerFields().map((field) => seenField({ ...caller, purpose: purpose ?? null }, field, policy));
  }

  @Guard(oversees)
  @Query(() => FieldSeers, {
    nullable: true,
    description:
      "Who sees a field of a customer, each from the own device and with one of the own purposes, and by which grant and " +
      "declaration; also for a past instant, from what was in force then (posts and the customer are taken as " +
      "they are now; the own device is the one that they had been handed then).",
  })
  async whoCanSee(
    @Arg("customerId", () => ID, { description: "Whose." }) customerId: string,
    @Arg("field", () => String, { description: "Which field, as `Customer.idNumber` or `Order.amount`." })
    name: string,
    @Arg("at", () => Instant, { nullable: true, description: "When; now where it is left out." }) at:
      | string
      | null,
    @Arg("first", () => Int, { defaultValue: 100, description: "At most this many people: 1 to 500." })
    first: number,
    @Ctx() { db, decisions, policies, footprint }: Context,
  ): Promise<FieldSeers> {
    const field = customerFields().find((one) => fullName(one) === name);
    if (!field)
      throw refusal("BAD_USER_INPUT", { inputPath: "field", reason: "There is no such field of customers." });
    if (first < 1 || first > 500)
      throw refusal("BAD_USER_INPUT", { inputPath: "first", reason: "It is not from 1 to 500." });
    const customer = await customerFacts(db, customerId);
    if (!customer) throw refusal("NOT_FOUND", { inputPath: "customerId" });
    footprint.uses(name);
    footprint.note(asked(customer), { grants: [], declarations: [] });
    const instant = instantOf(at, decisions!);
    const { now } = decisions!.caller;
    const policy = readable(await policies.at(instant));
    const seers = await whoCanSee(db, { customer, field, now, at: instant, policy });
    const clear = seers.filter(({ outcome }) => outcome === "CLEAR");
    const masked = seers.filter(({ outcome }) => outcome === "MASKED");
    return {
      clear: clear.length,
      masked: masked.length,
      people: [...clear, ...masked].slice(0, first).map((seer) => Object.assign(new FieldSeer(), seer)),
    };
  }
}

/** Whose rights are told is one customer's, for the ledger; of the customer's own fields nothing is read out. */
const asked = ({ id }: CustomerFacts): Look => ({
  ...{ record: recordOf(Customer).name, id, customer: id },
  fields: { clear: [], masked: [], withheld: [] },
});

/** Throws BAD_USER_INPUT for an instant that is still to come: what will be in force then is not known. */
function instantOf(at: string | null | undefined, { caller: { now } }: Decisions): Date {
  if (!at) return now;
  const instant = new Date(at);
  if (instant > now)
    throw refusal("BAD_USER_INPUT", { inputPath: "at", reason: "The instant is still to come." });
  return instant;
}

function seenField(caller: Caller, field: ClassifiedField, policy: Policy): SeenField {
  const { openings, otherwise, closings } = decide(caller, field, "SEE", policy);
  const { code, needs } = closings[0]?.reason ?? otherwise;
  return {
    field: fullName(field),
    fieldClass: field.fieldClass,
    seen: openings.map(({ rows, outcome, because, grant = null, declaration = null }) =>
      Object.assign(new SeenRows(), {
        ...{ outcome, grantId: grant, declarationId: declaration },
        rows: inWords(rows),
        reason: because?.code ?? null,
      }),
    ),
    otherwise: code,
    needs,
  };
}
