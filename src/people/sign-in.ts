import type { Footprint } from "../access/footprint.js";
import { refusal } from "../errors.js";
import { issueAccessToken } from "./access-token.js";
import type { DeviceProof } from "./device-proof.js";
import { hashOfNobody, matchesPassword, standardCost } from "./password.js";
import { openFamily } from "./refresh-session.js";
import type { Session, SessionComponents } from "./session.js";
import { isStaffNo } from "./staff-no.js";
import { createTurnstile } from "./turnstile.js";

/** Failures in a row that lock an account. */
const attemptLimit = 5;
/** Minutes that a locked account stays so. */
const lockMinutes = 15;

/**
 * A session for a staff number and its password, begun from the device that is proved, if one is. Refuses
 * UNAUTHENTICATED, in the same words and in like time whether the person is unknown, has left, is locked out or mistyped:
 * who may not sign in learns nothing about who may. The ledger hears whose account it was tried at.
 */
export async function signIn(
  components: SessionComponents,
  { staffNo, password }: { staffNo: string; password: string },
  proof: DeviceProof | null = null,
  footprint: Pick<Footprint, "isBy"> = { isBy() {} },
): Promise<Session> {
  const attempt = await passTurnstile(() => tryPassword(components, staffNo, password, footprint));
  if (!attempt) {
    throw refusal("UNAUTHENTICATED", {
      reason: "Staff number and password do not belong together, or the account is locked for now.",
      needs: `the right password; after ${attemptLimit} failures, a wait of ${lockMinutes} minutes`,
    });
  }
  await forgive(components, attempt);
  const refresh = await openFamily(components, attempt.employeeId, proof);
  const access = await issueAccessToken(components, { staffNo: attempt.staffNo, session: refresh.session });
  return {
    accessToken: access.token,
    accessTokenExpiresAt: access.expiresAt,
    refreshToken: refresh.token,
    refreshTokenExpiresAt: refresh.expiresAt,
  };
}

interface Attempt {
  readonly employeeId: string;
  readonly staffNo: string;
  readonly status: string;
  readonly passwordHash: string;
  /** Attempts since the last success, this one included. */
  readonly failedAttempts: number;
}

/** A fifth of a second of computing each: many at once must not take the processors from everybody else. */
const passTurnstile = createTurnstile(2, 20);

/** The attempt, if it succeeded. */
async function tryPassword(
  components: SessionComponents,
  staffNo: string,
  password: string,
  footprint: Pick<Footprint, "isBy">,
): Promise<Attempt | undefined> {
  const attempt = isStaffNo(staffNo) ? await countAttempt(components, staffNo) : undefined;
  if (attempt) footprint.isBy(attempt.employeeId);
  const hash = attempt?.passwordHash ?? hashOfNobody(components.passwordCost ?? standardCost);
  const matches = await matchesPassword(password, hash);
  return matches && attempt?.status !== "LEFT" ? attempt : undefined;
}

/**
 * Counts the attempt as failed before the password is looked at, so that no number of attempts at once tries more
 * passwords than the limit. Nothing for somebody unknown or locked out.
 *
 * The count does not wait for the disk: that wait would tell the known from the unknown.
 */
async function countAttempt({ db, clock }: SessionComponents, staffNo: string): Promise<Attempt | undefined> {
  const now = clock.now();
  const lockedUntil = new Date(now.getTime() + lockMinutes * 60_000);
  const [attempt] = await db.$queryRaw<Attempt[]>`
    WITH quick AS MATERIALIZED (SELECT set_config('synchronous_commit', 'off', true))
    UPDATE "Login" l SET
      "failedAttempts" = CASE WHEN l."lockedUntil" IS NULL THEN l."failedAttempts" + 1 ELSE 1 END,
      "lockedUntil" = CASE
        WHEN l."lockedUntil" IS NULL AND l."failedAttempts" + 1 >= ${attemptLimit} THEN ${lockedUntil}::timestamptz
      END
    FROM "Employee" e, quick
    WHERE e."staffNo" = ${staffNo} AND l."employeeId" = e."id"
      AND (l."lockedUntil" IS NULL OR l."lockedUntil" <= ${now})
    RETURNING e."id" AS "employeeId", e."staffNo", e."status"::text, l."passwordHash", l."failedAttempts"`;
  return attempt;
}

/** Forgets the failures before this success, and none that came since. */
async function forgive({ db }: SessionComponents, { employeeId, failedAttempts }: Attempt): Promise<void> {
  await db.$executeRaw`
    UPDATE "Login" SET
      "failedAttempts" = greatest("failedAttempts" - ${failedAttempts}::int, 0),
      "lockedUntil" = CASE WHEN "failedAttempts" - ${failedAttempts}::int >= ${attemptLimit} THEN "lockedUntil" END
    WHERE "employeeId" = ${employeeId}`;
}
