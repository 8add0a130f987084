import { Extensions, Field, InputType, registerEnumType } from "type-graphql";
import type { InputUse } from "../access/plan.js";
import type { RecordType } from "../access/record.js";
import { namedClass } from "./filter-inputs.js";

export const Direction = { ASC: "ASC", DESC: "DESC" } as const;
export type Direction = keyof typeof Direction;

registerEnumType(Direction, {
  name: "Direction",
  description: "Which end comes first; rows without a value come last either way.",
  valuesConfig: { ASC: { description: "The smallest first." }, DESC: { description: "The largest first." } },
});

const orderInputs = new Map<RecordType, new () => object>();

/** `CustomerOrder`: one key of an order, by any classified column that holds one value. */
export function orderInput(record: RecordType): new () => object {
  const known = orderInputs.get(record);
  if (known) return known;
  const sortable = [...record.fields.values()].filter(
    ({ value, named }) => value.kind === "column" && !value.list && !named,
  );
  const words = Object.fromEntries(sortable.map(({ name }) => [name, name]));
  registerEnumType(words, {
    name: `${record.name}OrderField`,
    description: `What ${record.name} can be ordered by.`,
    valuesConfig: Object.fromEntries(sortable.map(({ name, description }) => [name, { description }])),
  });
  const order = namedClass(`${record.name}Order`);
  orderInputs.set(record, order);
  InputType(order.name, { description: `One key of an order of ${record.name}.` })(order);
  const use: InputUse = (word) => ({ field: record.fields.get(String(word))!, use: "SORT" });
  Field(() => words, { description: "The field; one that you see clear on every row in your reach." })(
    order.prototype,
    "field",
  );
  Extensions({ use })(order.prototype, "field");
  Field(() => Direction, { defaultValue: "ASC", description: "Which end comes first." })(
    order.prototype,
    "direction",
  );
  return order;
}
