import { ID } from "type-graphql";
import { classifiedFor, Record, recordOf } from "../access/classified.js";
import type { BankAccount as Row } from "../database/client.js";
import { listOf } from "../reading/edges.js";
import { explainsItself } from "../reading/field-access.js";
import { Node } from "../reading/node.js";
import { Customer } from "./customer.type.js";

const Classified = classifiedFor<Row>();

@Record(
  {
    description: "A bank account of a customer (rulebook 2.2).",
    idPrefix: "acc",
    governedBy: "grants",
    partOf: [{ record: () => recordOf(Customer), key: "customerId" satisfies keyof Row }],
  },
  { implements: Node },
)
export class BankAccount {
  @Classified("META", () => ID, { description: "Opaque, and never given to anything else." })
  id!: string;

  @Classified("FINANCIAL", () => String, {
    mask: "personName",
    secrecy: "CONFIDENTIAL",
    description: "Whose account it is.",
  })
  holderName?: string;

  @Classified("FINANCIAL", () => String, { secrecy: "CONFIDENTIAL", description: "The bank." })
  bankName?: string;

  @Classified("FINANCIAL", () => String, {
    mask: "lastFour",
    secrecy: "CONFIDENTIAL",
    description: "The number of the account.",
  })
  accountNumber?: string;

  @Classified("FINANCIAL", () => Boolean, {
    secrecy: "CONFIDENTIAL",
    description: "Whether somebody of the company controls it, which is not allowed (S004-P3-11).",
  })
  controlledByStaff?: boolean;
}

explainsItself(BankAccount);
listOf<Row>()(Customer, "bankAccounts", BankAccount, {
  key: "customerId",
  description: "The customer's bank accounts.",
});
