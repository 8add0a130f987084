import { Field, InputType, Int } from "type-graphql";
import { DepartmentCode } from "../people/enums.js";
import { Day, Decimal, Instant } from "../reading/scalars.js";
import { writesTo } from "../reading/write-inputs.js";
import { BankAccount } from "./bank-account.type.js";
import { CustomerKind, IdType, PartyType, Sex, SpecialRole } from "./customer.enums.js";
import { Customer } from "./customer.type.js";

const Fills = writesTo(Customer, "CREATE");
const FillsAccount = writesTo(BankAccount, "CREATE");

@InputType({ description: "A bank account of a new customer." })
export class BankAccountInput {
  @FillsAccount(() => String, { required: true })
  holderName!: string;

  @FillsAccount(() => String, { required: true })
  bankName!: string;

  @FillsAccount(() => String, { required: true })
  accountNumber!: string;
}

@InputType({
  description:
    "A new customer: at least a name, the kind of party and one way to reach them. What you may enter you need not be able to read back (rulebook 3.3).",
})
export class CreateCustomerInput {
  @Field(() => String, {
    nullable: true,
    description: "The number in the company's own list; made where it is left out.",
  })
  code?: string | null;

  @Fills(() => CustomerKind)
  kind?: CustomerKind | null;

  @Fills(() => SpecialRole)
  specialRole?: SpecialRole | null;

  @Fills(() => PartyType)
  partyType?: PartyType | null;

  @Fills(() => String)
  name?: string | null;

  @Fills(() => String)
  region?: string | null;

  @Fills(() => String)
  address?: string | null;

  @Fills(() => String)
  landline?: string | null;

  @Fills(() => String)
  mobile?: string | null;

  @Fills(() => String)
  email?: string | null;

  @Fills(() => Sex)
  sex?: Sex | null;

  @Fills(() => Day)
  dateOfBirth?: string | null;

  @Fills(() => IdType)
  idType?: IdType | null;

  @Fills(() => String)
  idNumber?: string | null;

  @Fills(() => String)
  healthNotes?: string | null;

  @Fills(() => String)
  personalNotes?: string | null;

  @Fills(() => String)
  taxId?: string | null;

  @Fills(() => Decimal)
  creditLimit?: string | null;

  @Fills(() => Decimal)
  balance?: string | null;

  @Fills(() => Int)
  paymentTermDays?: number | null;

  @Fills(() => String)
  businessNeeds?: string | null;

  @Fills(() => String)
  preferences?: string | null;

  @Fills(() => String)
  source?: string | null;

  @Fills(() => String)
  rating?: string | null;

  @Fills(() => String)
  collectionPurpose?: string | null;

  @Fills(() => String)
  collectionChannel?: string | null;

  @Fills(() => Instant)
  collectedAt?: string | null;

  @Fills(() => Instant)
  firstContactAt?: string | null;

  @Field(() => DepartmentCode, {
    nullable: true,
    description: "The department that the customer belongs to; your own where it is left out.",
  })
  department?: DepartmentCode | null;

  @Field(() => [BankAccountInput], { nullable: true, description: "The customer's bank accounts." })
  bankAccounts?: BankAccountInput[] | null;
}

@InputType({ description: "A list of customers as CSV, as `npm run import` takes it from a file." })
export class ImportCustomersInput {
  @Field(() => String, {
    description: "The list, with a header line: commas, semicolons or tabs; at most 5 MB.",
  })
  csv!: string;

  @Field(() => String, {
    nullable: true,
    description:
      "Which columns fill which fields, where their names do not say so: `name=CompanyName,address=Street+City,partyType:=ORGANISATION`.",
  })
  map?: string | null;

  @Field(() => String, {
    nullable: true,
    description:
      "By whose numbering plan phone numbers are read in rows that name no country: an ISO 3166 code.",
  })
  country?: string | null;

  @Field(() => String, { nullable: true, description: "What stands in cells that are empty." })
  null?: string | null;

  @Field(() => Boolean, { nullable: true, description: "Check only, and tell what would happen." })
  dryRun?: boolean | null;

  @Field(() => Boolean, { nullable: true, description: "Write the good rows although there are bad ones." })
  skipInvalid?: boolean | null;
}
