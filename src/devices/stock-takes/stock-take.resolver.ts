import { recordQueries } from "../../reading/record-queries.js";
import { StockTake } from "./stock-take.type.js";
import "./stock-take.workflow.js";

export const StockTakeResolver = recordQueries(StockTake, {
  one: "stockTake",
  many: "stockTakes",
  what: "stock-takes of devices",
});
