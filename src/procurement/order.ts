import { type DeviceKind, Prisma, type Procurement as Row } from "../database/client.js";
import { newId } from "../database/id.js";
import {
  checkForm,
  checkLines,
  clearable,
  type FormRules,
  filled,
  incomplete,
  type Problem,
} from "../reading/form.js";
import { amount, anyValue, line, lines, wholeNumber } from "../reading/form-readers.js";
import type { Step } from "../workflow/step.js";
import type { OrderProcurementInput } from "./procurement.input.js";

// The comparison of quotes and the contract. Whoever enters them may not be able to read them: nothing that is refused
// here says more than what was written.

interface Contract {
  readonly contractNo: string;
  readonly fewQuotesReason: string | null;
}

interface Offer {
  readonly supplier: string;
  readonly price: string;
  readonly quality: number;
  readonly performance: number;
  readonly security: number;
  readonly chosen: boolean | null;
}

interface Listed {
  readonly line: string;
  readonly kind: DeviceKind | null;
  readonly model: string | null;
  readonly qty: number;
  readonly unitPrice: string;
}

type Told = Omit<Problem, "code">;

/** "Compare goods of three houses" (S004-P4-7). */
const fewestQuotes = 3;
const mostQuotes = 20;
const mostLines = 100;
/** Devices that one order brings. */
export const mostDevices = 500;

const mark = filled(wholeNumber(1, 5));

const contractRules: FormRules<Contract> = {
  contractNo: filled(line(64)),
  fewQuotesReason: clearable(lines(2_000)),
};
const offerRules: FormRules<Offer> = {
  supplier: filled(line(200)),
  price: filled(amount),
  ...{ quality: mark, performance: mark, security: mark },
  chosen: clearable(anyValue),
};
const listedRules: FormRules<Listed> = {
  line: filled(line(500)),
  kind: clearable(anyValue),
  model: clearable(line(200)),
  qty: filled(wholeNumber(1, mostDevices)),
  unitPrice: filled(amount),
};

/** Keeps what was offered, what was taken and what the contract lists. */
export async function order({ tx, now, facts, input }: Step<Row, OrderProcurementInput>) {
  const contract = checkForm<Contract>(input, contractRules, now);
  const quotes = checkLines<Offer>("quotes", input.quotes, offerRules, now, mostQuotes);
  const list = checkLines<Listed>("configList", input.configList, listedRules, now, mostLines);
  const problems = [...contract.problems, ...quotes.problems, ...list.problems];
  // Lines contradict one another only where each can be read.
  if (quotes.problems.length === 0) problems.push(...quoteProblems(quotes.lines, contract.given));
  if (list.problems.length === 0) problems.push(...listProblems(list.lines));
  if (problems.length === 0) problems.push(...sumProblems(quotes.lines as Offer[], list.lines as Listed[]));
  if (problems.length > 0) throw incomplete(problems);
  const of = (prefix: string, at: number) => ({
    ...{ id: newId(prefix, now), procurementId: facts.id, position: at + 1 },
  });
  await tx.quote.createMany({
    data: (quotes.lines as Offer[]).map((quote, at) => ({
      ...quote,
      ...of("quo", at),
      chosen: quote.chosen === true,
    })),
  });
  await tx.configLine.createMany({
    data: (list.lines as Listed[]).map((listed, at) => ({ ...listed, ...of("cfl", at) })),
  });
  return { set: contract.given };
}

/** Several offers of one supplier are none to compare. */
function quoteProblems(quotes: readonly Partial<Offer>[], { fewQuotesReason }: Partial<Contract>): Told[] {
  const twice = quotes.flatMap(({ supplier }, at) =>
    quotes.findIndex((other) => other.supplier === supplier) < at
      ? [{ field: `quotes.${at}.supplier`, reason: "It has offered already." }]
      : [],
  );
  const chosen = quotes.filter((quote) => quote.chosen).length;
  return [
    ...twice,
    ...(chosen === 1 ? [] : [{ field: "quotes", reason: "Exactly one of them is taken." }]),
    ...(quotes.length < fewestQuotes && !fewQuotesReason
      ? [{ field: "fewQuotesReason", reason: `There are fewer than ${fewestQuotes} quotes.` }]
      : []),
  ];
}

function listProblems(list: readonly Partial<Listed>[]): Told[] {
  const halves = list.flatMap(({ kind, model }, at) => {
    if (!kind === !model) return [];
    return kind
      ? [{ field: `configList.${at}.model`, reason: "It is missing." }]
      : [{ field: `configList.${at}.kind`, reason: "What has a model is a device." }];
  });
  const devices = list.reduce((sum, { kind, qty }) => sum + (kind ? qty! : 0), 0);
  return devices > mostDevices
    ? [...halves, { field: "configList", reason: `There are more than ${mostDevices} devices.` }]
    : halves;
}

/** Every device gets its price from its line: none may be left out, none counted twice. */
function sumProblems(quotes: readonly Offer[], list: readonly Listed[]): Told[] {
  const { price } = quotes.find(({ chosen }) => chosen)!;
  const sum = list.reduce(
    (before, { qty, unitPrice }) => before.plus(new Prisma.Decimal(unitPrice).times(qty)),
    new Prisma.Decimal(0),
  );
  return sum.equals(price)
    ? []
    : [{ field: "configList", reason: "Its lines do not come to the price of the quote that is taken." }];
}
