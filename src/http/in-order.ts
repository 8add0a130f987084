import type { ApolloServerPlugin, BaseContext, GraphQLRequestListener } from "@apollo/server";

/**
 * Several plugins as one: each looks at an operation, and then at the answer, when the one before it is done. Apollo
 * itself asks all of its plugins at once.
 */
export const inOrder = <Context extends BaseContext>(
  ...plugins: readonly ApolloServerPlugin<Context>[]
): ApolloServerPlugin<Context> => ({
  async requestDidStart(request) {
    const listeners: GraphQLRequestListener<Context>[] = [];
    for (const plugin of plugins) {
      const listener = await plugin.requestDidStart?.(request);
      if (listener) listeners.push(listener);
    }
    return {
      async didResolveOperation(operation) {
        for (const listener of listeners) await listener.didResolveOperation?.(operation);
      },
      async willSendResponse(answer) {
        for (const listener of listeners) await listener.willSendResponse?.(answer);
      },
    };
  },
});
