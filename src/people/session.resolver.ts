import { Arg, Ctx, Mutation, Resolver } from "type-graphql";
import type { Footprint } from "../access/footprint.js";
import { anyone, Guard } from "../access/guard.js";
import { refusal } from "../errors.js";
import type { DeviceProof } from "./device-proof.js";
import { refreshSession, signOut } from "./refresh-session.js";
import { RefreshSessionInput, SignInInput, SignOutInput } from "./session.input.js";
import type { Session, SessionComponents } from "./session.js";
import { RefreshSessionPayload, SignInPayload, SignOutPayload } from "./session.type.js";
import { signIn } from "./sign-in.js";

interface SessionContext {
  /** Null where an identity provider does the signing in. */
  readonly session: SessionComponents | null;
  /** What proves the device that the request came from, if anything does. */
  readonly proof: DeviceProof | null;
  readonly footprint: Footprint;
}

@Resolver()
export class SessionResolver {
  @Guard(anyone)
  @Mutation(() => SignInPayload, {
    description:
      "Begins a session. Five failures in a row lock the account for 15 minutes; the answer is the same for whoever may not sign in, for whatever reason. A device that is proved with it is remembered: when it is lost, the session ends.",
  })
  signIn(
    @Arg("input", () => SignInInput, { description: "What is asked for." }) input: SignInInput,
    @Ctx() { session, proof, footprint }: SessionContext,
  ): Promise<Session> {
    return signIn(ownSessions(session), input, proof, footprint);
  }

  @Guard(anyone)
  @Mutation(() => RefreshSessionPayload, {
    description: "Goes on with a session: new tokens for a refresh token that was never used before.",
  })
  refreshSession(
    @Arg("input", () => RefreshSessionInput, { description: "What is asked for." }) {
      refreshToken,
    }: RefreshSessionInput,
    @Ctx() { session, footprint }: SessionContext,
  ): Promise<Session> {
    return refreshSession(ownSessions(session), refreshToken, footprint);
  }

  @Guard(anyone)
  @Mutation(() => SignOutPayload, {
    description: "Ends a session. A refresh token that is unknown or ended gets the same answer.",
  })
  async signOut(
    @Arg("input", () => SignOutInput, { description: "What is asked for." }) { refreshToken }: SignOutInput,
    @Ctx() { session, footprint }: SessionContext,
  ): Promise<SignOutPayload> {
    await signOut(ownSessions(session), refreshToken, footprint);
    return { signedOut: true };
  }
}

function ownSessions(session: SessionComponents | null): SessionComponents {
  if (session) return session;
  throw refusal("NOT_FOUND", {
    reason: "This server has no sign-in of its own: sign in at the identity provider.",
  });
}
