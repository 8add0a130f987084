import type { Database } from "../database/client.js";
import type { TokenComponents } from "./access-token.js";
import type { PasswordCost } from "./password.js";

/** What signing in and out needs. */
export interface SessionComponents extends TokenComponents {
  readonly db: Database;
  /** What the passwords were hashed with; somebody unknown costs as much as somebody known. */
  readonly passwordCost?: PasswordCost;
}

/** Two tokens and their ends: the one to send with every request, and the one, good once, to get the next two with. */
export interface Session {
  readonly accessToken: string;
  readonly accessTokenExpiresAt: Date;
  readonly refreshToken: string;
  readonly refreshTokenExpiresAt: Date;
}
