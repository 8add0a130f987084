import type { ApolloServerPlugin } from "@apollo/server";
import { told } from "../errors.js";
import { overloaded } from "./refusals.js";
import { currentRequest } from "./request-entry.js";

/**
 * Makes of an answer that comes after the limit of execution what the caller has heard by then. Stands before whatever puts
 * answers on record: an answer that came so far in time is one, however long its record takes.
 */
export const inTime = (): ApolloServerPlugin => ({
  async requestDidStart() {
    return {
      async willSendResponse({ response: { body } }) {
        const entry = currentRequest.getStore();
        if (!entry || body.kind !== "single") return;
        entry.hears ??= "ANSWER";
        if (entry.hears === "OVERLOADED") body.singleResult = { errors: [told(overloaded())] };
      },
    };
  },
});
