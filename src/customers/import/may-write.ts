import type { Caller } from "../../access/caller.js";
import { recordOf } from "../../access/classified.js";
import { decide } from "../../access/decide.js";
import type { Policy } from "../../access/policy.js";
import type { ClassifiedField } from "../../access/record.js";
import { BankAccount } from "../bank-account.type.js";
import { Customer } from "../customer.type.js";
import type { FieldProblem } from "../validate-customer.js";

/** What keeps this caller from creating customers with these fields, named as `Customer.mobile`, one by one. */
export const whyNotWritten =
  (caller: Caller, policy: Policy) =>
  (names: readonly string[]): FieldProblem[] => {
    const fields = new Map<string, ClassifiedField>(
      [Customer, BankAccount].flatMap((type) => {
        const record = recordOf(type);
        return [...record.fields.values()].map((field) => [`${record.name}.${field.name}`, field] as const);
      }),
    );
    return names.flatMap((name): FieldProblem[] => {
      const field = fields.get(name);
      if (!field) return [{ field: name, code: "FIELD_WITHHELD", reason: "Nobody writes this field." }];
      // No grant names META: which of it a new customer may be given is for the use case to say.
      if (field.fieldClass === "META") return [];
      const { openings, closings, otherwise } = decide(caller, field, "CREATE", policy);
      const reason = closings[0]?.reason ?? otherwise;
      return openings.length > 0
        ? []
        : [{ field: name, code: reason.code, reason: `It takes ${reason.needs}.` }];
    });
  };
