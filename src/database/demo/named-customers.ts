import type { Calendar } from "./calendar.js";
import { account, born, customer, dossier, noMisSelling, order, posted } from "./customer-parts.js";
import type { CustomerRecord } from "./customer-records.js";
import { confidential, expired } from "./former-and-secret-customers.js";
import { customerId, demoId } from "./id.js";
import { cardNumber } from "./identity-numbers.js";
import { employeeId } from "./people.js";

/** The customers that the demo accounts and the documentation speak of, C1 to C5. */
export const namedCustomers = (at: Calendar): CustomerRecord[] => [
  c1(at),
  c2(at),
  confidential(at),
  expired("C4", at, { name: "谢国强", mobile: "+8613957550104", lastOrder: -1_300, retentionDays: -205 }),
  expired("C5", at, { name: "曹玉兰", mobile: "+8613957550105", lastOrder: -700, retentionDays: 395 }),
];

/** sam's, and cu1's own: everything is filled in. */
function c1(at: Calendar): CustomerRecord {
  const card = cardNumber("622202", 120_200_331_207);
  const current = order("O1", "C1", employeeId("sam"), {
    product: "West Lake Longjing",
    quantity: "12.500",
    specification: "Picked before Qingming, tins of 250 g",
    deliveryDate: at(14),
    status: "IN_PRODUCTION",
    unitPrice: "1680.00",
    amount: "21000.00",
  });
  const past = order("O2", "C1", employeeId("sam"), {
    product: "Keemun",
    quantity: "4.000",
    specification: "Hao Ya A, boxes of 200 g",
    deliveryDate: at(-160),
    status: "DELIVERED",
    unitPrice: "880.00",
    amount: "3520.00",
  });
  return {
    customer: customer("C1", at, {
      name: "林秀英",
      ownerId: employeeId("sam"),
      mobile: "+8613857110001",
      landline: "+8657187650001",
      email: "linxiuying@example.com",
      ...born("1985-03-12", "F", "330106", 426),
      healthNotes: "Sleeps badly after strong tea; takes blood-pressure tablets.",
      personalNotes: "Runs two tea rooms with her sister.",
      taxId: "92330106MA2BX4QK7T",
      creditLimit: "50000.00",
      balance: "21000.00",
      paymentTermDays: 30,
      businessNeeds: "Monthly delivery to two tea rooms",
      preferences: "First harvest, light roast",
      rating: "A",
    }),
    clearances: [],
    bankAccounts: [account("C1", "林秀英", "中国工商银行杭州西湖支行", card)],
    orders: [current, past],
    transactions: [
      posted(1, current, "INVOICE", at(-6)),
      posted(2, past, "INVOICE", at(-167)),
      posted(3, past, "PAYMENT", at(-140), card),
    ],
    serviceCases: [
      {
        ...noMisSelling,
        id: demoId("svc", 1),
        customerId: customerId("C1"),
        handlerId: employeeId("cara"),
        kind: "COMPLAINT",
        channel: "PHONE",
        status: "ANSWERED",
        receivedAt: at(-3),
        version: 1,
        firstReplyAt: at(-2.9),
        resolvedAt: null,
        content: "Two tins of the last delivery arrived dented.",
        result: null,
        satisfaction: null,
      },
    ],
    dossiers: [dossier("C1", at)],
  };
}

/** Another seller's, as full as C1. */
function c2(at: Calendar): CustomerRecord {
  const card = cardNumber("621700", 154_000_448_815);
  const current = order("O3", "C2", employeeId("S101"), {
    product: "Tieguanyin",
    quantity: "8.000",
    specification: "Light roast, vacuum bags of 7 g",
    deliveryDate: at(9),
    status: "PLACED",
    unitPrice: "720.00",
    amount: "5760.00",
  });
  return {
    customer: customer("C2", at, {
      name: "郑伟民",
      ownerId: employeeId("S101"),
      region: "福建省泉州市",
      address: "福建省泉州市丰泽区刺桐路88号",
      mobile: "+8613959950002",
      landline: "+8659522650002",
      email: "zhengweimin@example.net",
      ...born("1972-11-30", "M", "350503", 117),
      healthNotes: "Diabetic; no sweetened blends.",
      personalNotes: "Collects old teapots.",
      taxId: "92350503MA31KD8Y4W",
      creditLimit: "20000.00",
      balance: "5760.00",
      paymentTermDays: 15,
      businessNeeds: "Gift boxes before the Mid-Autumn festival",
      preferences: "Floral",
    }),
    clearances: [],
    bankAccounts: [account("C2", "郑伟民", "中国建设银行泉州丰泽支行", card)],
    orders: [{ ...current, deliveryAddress: "福建省泉州市丰泽区刺桐路88号" }],
    transactions: [posted(4, current, "INVOICE", at(-2))],
    serviceCases: [
      {
        ...noMisSelling,
        id: demoId("svc", 2),
        customerId: customerId("C2"),
        handlerId: employeeId("carl"),
        kind: "CONSULTATION",
        channel: "WEB",
        status: "RESOLVED",
        receivedAt: at(-40),
        version: 1,
        firstReplyAt: at(-39.8),
        resolvedAt: at(-39),
        content: "Asks how to store the tea in a humid room.",
        result: "Sent the storage leaflet.",
        satisfaction: 5,
      },
    ],
    dossiers: [dossier("C2", at)],
  };
}
