import { recordQueries } from "../../reading/record-queries.js";
import { ScrapSheet } from "./scrap-sheet.type.js";
import "./scrap-sheet.workflow.js";

export const ScrapSheetResolver = recordQueries(ScrapSheet, {
  one: "scrapSheet",
  many: "scrapSheets",
  what: "scrap sheets of devices",
});
