/** A row as the database gives it: its lists are its own. */
export type RowOf<Item> = {
  readonly [Name in keyof Item]: Item[Name] extends readonly (infer One)[] ? One[] : Item[Name];
};
