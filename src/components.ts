import type { Logger } from "pino";
import type { Clock } from "./clock.js";
import type { Config } from "./config.js";
import type { Database } from "./database/client.js";
import { demoAccounts } from "./database/demo/accounts.js";
import { defaultLimits } from "./http/limits.js";
import type { Ledger } from "./ledger/ledger.js";
import { recordRefusal } from "./ledger/record-refusal.js";
import { demoHeaders } from "./people/demo-headers.js";
import { createIdentify } from "./people/identify.js";
import { oidcVerifier } from "./people/oidc.js";
import { derive, loadSecret } from "./people/secret.js";
import { loadSigningKeys } from "./people/signing-keys.js";
import { playgroundAssets } from "./playground/playground.js";
import { policiesIn, versionOne } from "./policies/policies.js";
import { cursorSeal } from "./reading/cursor.js";
import type { Components } from "./server.js";

/** What the settings cannot say of a server. */
export interface Circumstances {
  readonly db: Database;
  readonly clock: Clock;
  readonly log: Logger;
  readonly ledger: Ledger;
  /** Is it the demo organisation's database? */
  readonly demo: boolean;
}

/** From the settings to the parts of a server. Makes what is missing in the data folder. Throws StartError. */
export async function componentsOf(
  config: Config,
  { db, clock, log, ledger, demo }: Circumstances,
): Promise<Components> {
  const { dataDir, oidcIssuer: issuer, oidcAudience: audience, oidcSubjectClaim: subjectClaim } = config;
  const keys = await loadSigningKeys(dataDir);
  const secret = await loadSecret(dataDir);
  const oidc = issuer && audience ? oidcVerifier({ issuer, audience, subjectClaim, clock }) : undefined;
  return {
    db,
    clock,
    log,
    ledger,
    identify: createIdentify({
      ...{ db, clock, keys, oidc, publicUrl: config.publicUrl },
      refused: (caller) => recordRefusal(ledger, caller),
    }),
    session: oidc ? null : { db, clock, keys },
    seal: cursorSeal(secret),
    codeKey: derive(secret, "customer-code"),
    ...(config.trustedProxies && { trustedProxies: config.trustedProxies }),
    policies: policiesIn({ db, clock }, versionOne(config)),
    limits: { ...defaultLimits, concurrency: config.maxConcurrentRequests },
    assets: await playgroundAssets({
      // The headers are signed by keys that count for nothing where a provider signs people in.
      demo:
        demo && !oidc
          ? { accounts: demoAccounts, headersFor: (staffNo) => demoHeaders(dataDir, clock, { staffNo }) }
          : null,
    }),
  };
}
