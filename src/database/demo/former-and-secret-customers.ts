import type { Calendar } from "./calendar.js";
import { account, born, customer, dossier, order, posted } from "./customer-parts.js";
import type { CustomerRecord } from "./customer-records.js";
import { cardNumber, creditCode } from "./identity-numbers.js";
import { employeeId } from "./people.js";

/** Confidential, kept by mona. */
export function confidential(at: Calendar): CustomerRecord {
  const licence = creditCode("530102", 31_574_206);
  const card = cardNumber("622848", 302_200_917_336);
  const current = order("O4", "C3", employeeId("S102"), {
    product: "Pu'er",
    quantity: "320.000",
    specification: "Ripe, aged five years, cakes of 357 g",
    deliveryDate: at(30),
    status: "IN_PRODUCTION",
    unitPrice: "460.00",
    amount: "147200.00",
  });
  return {
    customer: customer("C3", at, {
      kind: "SPECIAL",
      specialRole: "FINANCIAL_ADVISER",
      partyType: "ORGANISATION",
      name: "云岭资本管理有限公司",
      ownerId: employeeId("S102"),
      region: "云南省昆明市",
      address: "云南省昆明市五华区翠湖南路6号",
      mobile: "+8613987110003",
      landline: "+8687165150003",
      email: "office@yunling.example.com",
      idType: "BUSINESS_LICENCE",
      idNumber: licence,
      taxId: licence,
      creditLimit: "500000.00",
      balance: "147200.00",
      paymentTermDays: 60,
      businessNeeds: "Aged tea as gifts to partners",
      rating: "A",
      secrecy: "CONFIDENTIAL",
      keeperId: employeeId("mona"),
      verifiedVia: "Business licence register",
    }),
    clearances: [],
    bankAccounts: [account("C3", "云岭资本管理有限公司", "中国农业银行昆明五华支行", card)],
    orders: [{ ...current, deliveryAddress: "云南省昆明市五华区翠湖南路6号" }],
    transactions: [posted(5, current, "INVOICE", at(-4))],
    serviceCases: [],
    dossiers: [
      dossier("C3", at, {
        keeperId: employeeId("mona"),
        remark: "机密",
        secrecy: "CONFIDENTIAL",
        location: "Safe 1",
        indexTerms: ["contract", "adviser"],
      }),
    ],
  };
}

/** No longer a customer; the retention period counts 36 months from the last transaction. */
export function expired(
  code: string,
  at: Calendar,
  {
    name,
    mobile,
    lastOrder,
    retentionDays,
  }: { name: string; mobile: string; lastOrder: number; retentionDays: number },
): CustomerRecord {
  const last = order(`O${Number(code.slice(1)) + 1}`, code, employeeId("S103"), {
    product: "Jasmine tea",
    quantity: "1.500",
    specification: "Scented seven times, tins of 150 g",
    deliveryDate: at(lastOrder),
    status: "DELIVERED",
    unitPrice: "580.00",
    amount: "870.00",
  });
  return {
    customer: customer(code, at, {
      name,
      mobile,
      ownerId: employeeId("S103"),
      ...born(code === "C4" ? "1951-07-08" : "1964-02-21", code === "C4" ? "M" : "F", "330602", 250),
      collectedAt: at(lastOrder - 200),
      firstContactAt: at(lastOrder - 210),
      verifiedAt: at(lastOrder - 199),
      status: "EXPIRED",
      retentionUntil: at(retentionDays),
    }),
    clearances: [],
    bankAccounts: [],
    orders: [last],
    transactions: [posted(Number(code.slice(1)) + 2, last, "INVOICE", at(lastOrder))],
    serviceCases: [],
    dossiers: [dossier(code, at, { retentionUntil: at(retentionDays) })],
  };
}
