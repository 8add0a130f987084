import { Field, GraphQLISODateTime, ObjectType } from "type-graphql";
import { anyone, Guard } from "../access/guard.js";
import type { Session } from "./session.js";

@ObjectType({ description: "The two tokens of a session." })
class SessionTokens implements Session {
  @Guard(anyone)
  @Field(() => String, { description: "Sent with every request, as `authorization: Bearer …`." })
  accessToken!: string;

  @Guard(anyone)
  @Field(() => GraphQLISODateTime, {
    description: "When the access token ends: 15 minutes after it was made, and no later than its session.",
  })
  accessTokenExpiresAt!: Date;

  @Guard(anyone)
  @Field(() => String, {
    description: "Good once, for the next two tokens. Using it again ends the session.",
  })
  refreshToken!: string;

  @Guard(anyone)
  @Field(() => GraphQLISODateTime, { description: "When the session ends: 12 hours after the sign-in." })
  refreshTokenExpiresAt!: Date;
}

@ObjectType({ description: "A session that has begun." })
export class SignInPayload extends SessionTokens {}

@ObjectType({ description: "A session that goes on." })
export class RefreshSessionPayload extends SessionTokens {}

@ObjectType({ description: "A session that has ended." })
export class SignOutPayload {
  @Guard(anyone)
  @Field(() => Boolean, {
    description:
      "Always true: the token's session is over, and no token of it, refresh or access, is good for anything.",
  })
  signedOut!: boolean;
}
