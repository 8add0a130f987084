import { Field, InputType } from "type-graphql";

@InputType({ description: "Who signs in." })
export class SignInInput {
  @Field(() => String, { description: "The staff number, or the name of a customer's or service account." })
  staffNo!: string;

  @Field(() => String, { description: "The account's password; never kept, logged or shown." })
  password!: string;
}

@InputType({ description: "The session to go on with." })
export class RefreshSessionInput {
  @Field(() => String, { description: "The refresh token of the last sign-in or refresh. It is good once." })
  refreshToken!: string;
}

@InputType({ description: "The session to end." })
export class SignOutInput {
  @Field(() => String, { description: "The session's latest refresh token." })
  refreshToken!: string;
}
