import type { Prisma } from "../client.js";
import type { Calendar } from "./calendar.js";
import { demoId } from "./id.js";
import { employeeId } from "./people.js";

/** What a version says of the company and of this server; days count from the loading to its publication. */
const statements = [
  {
    published: -200,
    purpose:
      "To deliver what you order, to answer what you ask, and to keep the accounts that the law demands.",
    manner:
      "You tell us, or whoever sells to you writes it down. Sales, production, customer service and finance use it.",
    safeguards:
      "Whoever works with it has promised secrecy and been trained. Nobody sees more than their work takes.",
  },
  {
    published: -45,
    purpose:
      "To deliver what you order, to answer what you ask and complain about, to offer what may suit you where you have not declined, and to keep the accounts that the law demands. It is sold to nobody.",
    manner:
      "You tell us, or whoever sells to you writes it down with the purpose. Sales sees its own customers; production sees orders, and names masked; customer service sees all customers, with identity, bank and health details masked until there is a declared reason; finance sees payments, and names masked. Others see it for a case, and for its time only. You can read your own record, propose corrections of it, and object.",
    safeguards:
      "Every look takes a right that somebody has signed for a purpose and a time, a registered device, training and a promise of secrecy. Every look is on record, and the record cannot be changed unseen. What is no longer needed is destroyed. Breaches are investigated, and those whom they concern are told.",
  },
];

/** The purpose statement, version by version. */
export const purposeStatementRows = (at: Calendar): Prisma.PurposeStatementCreateManyInput[] =>
  statements.map(({ published, ...texts }, position) => ({
    ...texts,
    ...{ id: demoId("pst", position + 1), version: position + 1 },
    ...{ publishedById: employeeId("ada"), publishedAt: at(published) },
  }));
