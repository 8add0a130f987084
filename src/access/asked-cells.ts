import { type CustomerClass, customerClasses, type Operation } from "./vocabulary.js";

/** Operations that are asked of some classes only: nothing is grouped, and what is borrowed or deleted is the whole record. */
const askedOf: Partial<Readonly<Record<Operation, readonly CustomerClass[]>>> = {
  AGGREGATE: [],
  CREATE: ["BASIC", "BUSINESS", "SERVICE", "FINANCIAL", "PRIVATE"],
  CORRECT: ["BASIC", "BUSINESS", "SERVICE", "FINANCIAL", "PRIVATE"],
  DELETE: ["BASIC"],
  BORROW: ["BASIC"],
};

/** The classes of which the server ever asks an operation: the other cells of the matrix open nothing to anybody. */
export const classesAsked = (operation: Operation): readonly CustomerClass[] =>
  askedOf[operation] ?? customerClasses;
