import { recordQueries } from "../reading/record-queries.js";
import { Loan } from "./loan.type.js";
import "./loan.workflow.js";

export const LoanResolver = recordQueries(Loan, {
  one: "loan",
  many: "loans",
  what: "loans in the register (外借登记册)",
});
