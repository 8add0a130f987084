import { recordQueries } from "../reading/record-queries.js";
import { Customer } from "./customer.type.js";

export const CustomerResolver = recordQueries(Customer, {
  one: "customer",
  many: "customers",
  what: "customers",
});
