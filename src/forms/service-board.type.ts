import { Field, Float, InputType, Int, ObjectType } from "type-graphql";
import { everyCaller, Guard } from "../access/guard.js";
import { Instant } from "../reading/scalars.js";

@InputType({ description: "From one instant to before another." })
export class PeriodInput {
  @Field(() => Instant, { description: "The first instant." })
  from!: string;

  @Field(() => Instant, { description: "The first instant after it." })
  to!: string;
}

@ObjectType({
  description: "K30: forms of one kind, department and state that wait for somebody now.",
  simpleResolvers: true,
})
export class UnfinishedForms {
  @Guard(everyCaller)
  @Field(() => String, { description: "The letter and number of its state machine (rulebook 2.4)." })
  machine!: string;

  @Guard(everyCaller)
  @Field(() => String, { description: "The form's type." })
  form!: string;

  @Guard(everyCaller)
  @Field(() => String, { description: "The department of whoever it is about." })
  department!: string;

  @Guard(everyCaller)
  @Field(() => String, { description: "Where they stand." })
  state!: string;

  @Guard(everyCaller)
  @Field(() => Int, { description: "How many." })
  open!: number;

  @Guard(everyCaller)
  @Field(() => Int, { description: "How many of them are past their term." })
  overdue!: number;
}

@ObjectType({
  description: "K13: how loans of dossiers are kept to (S004-P5-19.5, 20).",
  simpleResolvers: true,
})
export class LoanDiscipline {
  @Guard(everyCaller)
  @Field(() => Int, { description: "Loans that are out now." })
  open!: number;

  @Guard(everyCaller)
  @Field(() => Int, { description: "Of those, past their term of at most three days." })
  overdue!: number;

  @Guard(everyCaller)
  @Field(() => Int, { description: "Loans that began in the period." })
  lent!: number;

  @Guard(everyCaller)
  @Field(() => Int, { description: "Of those, returned too late." })
  returnedLate!: number;

  @Guard(everyCaller)
  @Field(() => Float, { nullable: true, description: "returnedLate / lent; null where there were none." })
  lateShare!: number | null;
}

@ObjectType({ description: "K14: how declarations are kept to (S002-3.3b).", simpleResolvers: true })
export class DeclarationDiscipline {
  @Guard(everyCaller)
  @Field(() => Int, { description: "Declarations in force now." })
  open!: number;

  @Guard(everyCaller)
  @Field(() => Int, { description: "Declarations that are over now and not returned." })
  overdue!: number;

  @Guard(everyCaller)
  @Field(() => Int, { description: "Declarations filed in the period." })
  filed!: number;

  @Guard(everyCaller)
  @Field(() => Int, { description: "Of those, returned too late." })
  returnedLate!: number;

  @Guard(everyCaller)
  @Field(() => Float, { nullable: true, description: "returnedLate / filed; null where none was filed." })
  lateShare!: number | null;
}

@ObjectType({ description: "K17: how long applications take (S002-3.1, 3.2).", simpleResolvers: true })
export class ApplicationTimes {
  @Guard(everyCaller)
  @Field(() => Int, { description: "Applications implemented in the period." })
  implemented!: number;

  @Guard(everyCaller)
  @Field(() => Float, {
    nullable: true,
    description:
      "Mean of the working days from signature to implementation, of those; null where there are none.",
  })
  meanWorkingDays!: number | null;

  @Guard(everyCaller)
  @Field(() => Int, {
    description: "Applications that were signed more than two working days ago and wait now.",
  })
  openOverTwoWorkingDays!: number;
}

@ObjectType({
  description: "K16: how access follows changes of post (S002-3.1c, S003-6.2.2, S001-P1-3.3-O4).",
  simpleResolvers: true,
})
export class AccessChanges {
  @Guard(everyCaller)
  @Field(() => Int, {
    description: "Grants closed because of leaving or a transfer that took effect in the period.",
  })
  grantsClosed!: number;

  @Guard(everyCaller)
  @Field(() => Float, {
    nullable: true,
    description:
      "Mean hours from the instant it took effect to when the grant was marked as closed; what it opened was closed at that instant.",
  })
  meanLagHours!: number | null;

  @Guard(everyCaller)
  @Field(() => Int, { description: "System-permission approval forms filed after their term, or not yet." })
  formsLate!: number;

  @Guard(everyCaller)
  @Field(() => Int, { description: "Grants in force whose holder has left: must be 0." })
  orphanGrants!: number;
}

@ObjectType({
  description:
    "K26: objections of customers, by the department that they are against, and complaints, by whose people they are against (S000-5.2a).",
  simpleResolvers: true,
})
export class Objections {
  @Guard(everyCaller)
  @Field(() => Int, { description: "Objections that were filed in the period." })
  filed!: number;

  @Guard(everyCaller)
  @Field(() => Int, { description: "Of those, upheld by now." })
  upheld!: number;

  @Guard(everyCaller)
  @Field(() => Int, { description: "Of those, dismissed by now." })
  dismissed!: number;

  @Guard(everyCaller)
  @Field(() => Float, {
    nullable: true,
    description: "upheld / (upheld + dismissed); null where none of them has a result.",
  })
  upheldShare!: number | null;

  @Guard(everyCaller)
  @Field(() => Int, { description: "Objections that are not answered now." })
  open!: number;

  @Guard(everyCaller)
  @Field(() => Int, { description: "Of those, past the term of where they stand." })
  overdue!: number;

  @Guard(everyCaller)
  @Field(() => Int, { description: "Service cases of the kind COMPLAINT that came in in the period." })
  complaints!: number;
}

@ObjectType({
  description: "What is unfinished, and how the forms about access are kept to.",
  simpleResolvers: true,
})
export class ServiceBoard {
  @Guard(everyCaller)
  @Field(() => [UnfinishedForms], { description: "K30: what waits now, by form, department and state." })
  unfinished!: UnfinishedForms[];

  @Guard(everyCaller)
  @Field(() => LoanDiscipline, { description: "K13." })
  loans!: LoanDiscipline;

  @Guard(everyCaller)
  @Field(() => DeclarationDiscipline, { description: "K14." })
  declarations!: DeclarationDiscipline;

  @Guard(everyCaller)
  @Field(() => ApplicationTimes, { description: "K17." })
  applications!: ApplicationTimes;

  @Guard(everyCaller)
  @Field(() => AccessChanges, { description: "K16." })
  accessChanges!: AccessChanges;

  @Guard(everyCaller)
  @Field(() => Objections, { description: "K26." })
  objections!: Objections;
}
