import type { ValidationContext, ValidationRule } from "graphql";
import { refusal } from "../errors.js";
import type { Limits } from "./limits.js";
import { type Measure, measurer } from "./measure.js";
import { tooLarge } from "./refusals.js";
import { isUsableText, unusableText } from "./usable-text.js";

const measures: Readonly<Record<keyof Measure, string>> = {
  depth: "levels of fields",
  introspectionDepth: "levels of introspection",
  aliases: "aliases",
  directives: "directives",
  selections: "selections",
  rootFields: "root fields",
};

/** The validation rules that refuse a document for its size or its characters, whatever the schema. */
export const limitRules = (limits: Limits): ValidationRule[] => [
  (context: ValidationContext) => {
    const measure = measurer(context.getDocument());
    return {
      OperationDefinition(operation) {
        const found = measure(operation);
        const over = (Object.keys(measures) as (keyof Measure)[]).find((name) => found[name] > limits[name]);
        if (over) context.reportError(tooLarge(found[over], limits[over], measures[over]));
      },
    };
  },
  (context: ValidationContext) => ({
    StringValue({ value }) {
      if (!isUsableText(value)) context.reportError(refusal("BAD_USER_INPUT", { reason: unusableText }));
    },
  }),
];
