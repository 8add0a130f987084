import type { ApolloServerPlugin } from "@apollo/server";
import { currentRequest } from "./request-entry.js";

/** Notes for the log the codes of the answer as it leaves, whoever put them there. The last of the plugins. */
export const answerCodes = (): ApolloServerPlugin => ({
  async requestDidStart() {
    return {
      async willSendResponse({ response: { body } }) {
        const entry = currentRequest.getStore();
        if (!entry || body.kind !== "single") return;
        for (const { extensions } of body.singleResult.errors ?? [])
          entry.codes.add(String(extensions?.code));
      },
    };
  },
});
