import type {
  BankAccount,
  Customer,
  CustomerClearance,
  Dossier,
  Order,
  Prisma,
  ServiceCase,
  Transaction,
} from "../client.js";

/** A row as it is sent to the database: decimals as text; a column that may be empty may be left out. */
type Sent<Row> = Omit<Texts<Row>, EmptyColumn<Row>> & Partial<Pick<Texts<Row>, EmptyColumn<Row>>>;
type Texts<Row> = {
  [Column in keyof Row]: Column extends DecimalColumn<Row> ? AsText<Row[Column]> : Row[Column];
};
type EmptyColumn<Row> = {
  [Column in keyof Row]: null extends Row[Column] ? Column : never;
}[keyof Row];
type DecimalColumn<Row> = {
  [Column in keyof Row]: Prisma.Decimal extends Row[Column] ? Column : never;
}[keyof Row];
type AsText<Value> = string | Extract<Value, null>;

/** A customer with everything that belongs to it. */
export interface CustomerRecord {
  readonly customer: Sent<Customer>;
  readonly clearances: readonly Sent<CustomerClearance>[];
  readonly bankAccounts: readonly Sent<BankAccount>[];
  readonly orders: readonly Sent<Order>[];
  readonly transactions: readonly Sent<Transaction>[];
  readonly serviceCases: readonly Sent<ServiceCase>[];
  readonly dossiers: readonly Sent<Dossier>[];
}

/** Writes customers with one statement a table, however many they are. Not atomic by itself: give it a transaction. */
export async function insertCustomers(
  db: Prisma.TransactionClient,
  records: readonly CustomerRecord[],
): Promise<void> {
  const all = (part: Exclude<keyof CustomerRecord, "customer">) =>
    JSON.stringify(records.flatMap<object>((record) => record[part]));
  const customers = JSON.stringify(records.map(({ customer }) => customer));

  await db.$executeRaw`INSERT INTO "Customer" SELECT * FROM json_populate_recordset(NULL::"Customer", ${customers}::json)`;
  await db.$executeRaw`INSERT INTO "CustomerClearance" SELECT * FROM json_populate_recordset(NULL::"CustomerClearance", ${all("clearances")}::json)`;
  await db.$executeRaw`INSERT INTO "BankAccount" SELECT * FROM json_populate_recordset(NULL::"BankAccount", ${all("bankAccounts")}::json)`;
  await db.$executeRaw`INSERT INTO "Order" SELECT * FROM json_populate_recordset(NULL::"Order", ${all("orders")}::json)`;
  await db.$executeRaw`INSERT INTO "Transaction" SELECT * FROM json_populate_recordset(NULL::"Transaction", ${all("transactions")}::json)`;
  await db.$executeRaw`INSERT INTO "ServiceCase" SELECT * FROM json_populate_recordset(NULL::"ServiceCase", ${all("serviceCases")}::json)`;
  await db.$executeRaw`INSERT INTO "Dossier" SELECT * FROM json_populate_recordset(NULL::"Dossier", ${all("dossiers")}::json)`;
}
