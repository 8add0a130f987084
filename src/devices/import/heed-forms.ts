import type { Problem } from "../../reading/form.js";
import { heldByForms } from "../open-forms.js";
import type { Line } from "./line.js";

/** What keeps lines from correcting devices that an open form decides on, by the line. */
export async function heedForms(
  db: Parameters<typeof heldByForms>[0],
  lines: readonly Line[],
): Promise<ReadonlyMap<Line, Problem>> {
  const good = lines.filter(({ problems }) => problems.length === 0);
  const inOtherHands = good.filter(
    ({ device, values }) => device && "custodian" in values && values.custodian !== device.custodianId,
  );
  const forCustomerData = good.filter(
    ({ device, values }) => device && values.isCustomerListDevice === true && !device.isCustomerListDevice,
  );
  const ids = [...new Set([...inOtherHands, ...forCustomerData].map(({ device }) => device!.id))];
  if (ids.length === 0) return new Map();
  const { hands, customerData } = await heldByForms(db, ids);
  const problems = (some: readonly Line[], field: string, held: typeof hands) =>
    some.flatMap((line): [Line, Problem][] => {
      const by = held.get(line.device!.id);
      return by ? [[line, { field, code: by.code, reason: by.reason }]] : [];
    });
  return new Map([
    ...problems(forCustomerData, "isCustomerListDevice", customerData),
    ...problems(inOtherHands, "custodian", hands),
  ]);
}
