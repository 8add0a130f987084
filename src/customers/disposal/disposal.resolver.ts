import { recordQueries } from "../../reading/record-queries.js";
import { Disposal } from "./disposal.type.js";
import "./disposal.workflow.js";

export const DisposalResolver = recordQueries(Disposal, {
  one: "disposal",
  many: "disposals",
  what: "disposals of customers",
});
