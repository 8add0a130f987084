import type { FormDriver } from "../form-driver.js";

const note = "Because.";

/** Three quotes and the list of the first, whose price it comes to: two laptops and their setting up. */
export const contract = {
  contractNo: "CG-1",
  quotes: [
    { supplier: "Lianke", price: "12100.00", quality: 4, performance: 4, security: 5, chosen: true },
    { supplier: "Langchao", price: "12900", quality: 4, performance: 5, security: 4 },
    { supplier: "Ningbo", price: "11000.5", quality: 2, performance: 3, security: 2, chosen: false },
  ],
  configList: [
    { line: "Laptop, 16 GB", kind: "LAPTOP", model: "T14", qty: 2, unitPrice: "5999.95" },
    { line: "Setting up on the spot", qty: 1, unitPrice: "100.10" },
  ],
};

/** Every line as the contract has it. */
export const whole = {
  lines: [
    { position: 1, qty: 2, conforms: true },
    { position: 2, qty: 1, conforms: true },
  ],
};

/** One laptop is missing. */
export const short = {
  lines: [{ position: 1, qty: 1, conforms: true, deviation: "One is missing" }, whole.lines[1]],
};

/** How a procurement comes to each of its states, from the wish on. */
const ways: Readonly<
  Record<string, readonly (readonly [account: string, action: string, input?: object])[]>
> = {
  WISHED: [],
  NEED_ASSESSED: [["adam", "assess", { assessment: "Two start in January" }]],
  REQUESTED: [["clerk", "request", { specification: "Two laptops, 16 GB" }]],
  APPROVED: [["gina", "approve"]],
  ORDERED: [["tess", "order", contract]],
  DELIVERED: [["tim", "deliver"]],
  ACCEPTED: [["tim", "accept", whole]],
};
const course = Object.keys(ways);
const upTo = (state: string) => course.slice(0, course.indexOf(state) + 1).flatMap((one) => ways[one]!);
const beside: typeof ways = {
  REJECTED: [...upTo("REQUESTED"), ["gina", "reject", { note }]],
  WITHDRAWN: [["sam", "withdraw"]],
  RETURNED_TO_SUPPLIER: [...upTo("DELIVERED"), ["tim", "return", short]],
  CANCELLED: [...upTo("DELIVERED"), ["tim", "return", short], ["clerk", "cancel", { note }]],
};

/** sam wishes, adam assesses, the clerk applies, gina approves, tess orders, tim takes in and checks. */
export const procurement: FormDriver = {
  async stand({ must }, state) {
    const id = await must("sam", "wish", { need: "Laptops for two new sellers" });
    for (const [account, action, input] of beside[state] ?? upTo(state))
      await must(account, action, { id, ...input });
    return id;
  },
  inputs: {
    assess: () => ({ assessment: "Two start in January" }),
    request: () => ({ specification: "Two laptops, 16 GB" }),
    order: () => contract,
    accept: () => whole,
    return: () => short,
  },
};
