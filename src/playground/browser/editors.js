import { variablesOf } from "./told.js";

const { React, ReactDOM, GraphiQL } = window;
const { useEditorContext, useExecutionContext } = GraphiQL.React;

/** The tab in front: GraphiQL's own state, and the only one there is. */
export function useActiveTab() {
  const { tabs, activeTabIndex } = useEditorContext();
  return tabs[activeTabIndex];
}

/** Keeps the name of the tab in front in view: there may be more tabs than there is room for. */
export function useTabInView() {
  const { title } = useActiveTab();
  const { activeTabIndex } = useEditorContext();
  React.useEffect(() => {
    document.querySelector(".graphiql-tab-active")?.scrollIntoView({ block: "nearest", inline: "center" });
  }, [activeTabIndex, title]);
}

/** Fills in who asks, in the tab in front. An answer that is on screen is asked for again; a change is never repeated. */
export function useAskAs() {
  const { headerEditor, queryEditor, responseEditor, updateActiveTabValues } = useEditorContext();
  const { run } = useExecutionContext();
  return (headers) => {
    headerEditor?.setValue(headers);
    updateActiveTabValues({ headers });
    if (!responseEditor?.getValue()) return;
    const operations = queryEditor?.operations ?? [];
    if (operations.length === 1 && operations[0].operation === "query") return run();
    responseEditor.setValue("");
    updateActiveTabValues({ response: null });
  };
}

/** Brings an operation to the front: in the tab that has it unchanged, or in a new one. */
export function useOpen() {
  const { tabs, addTab, changeTab, queryEditor, variableEditor, updateActiveTabValues } = useEditorContext();
  return (operation) => {
    const { query, wants } = operation;
    const variables = variablesOf(operation);
    const text = Object.keys(variables).length > 0 ? JSON.stringify(variables, null, 2) : "";
    // One that is about another form than was told last stays as it is.
    const open = tabs.findIndex(
      (tab) => tab.query === query && (wants.length === 0 || tab.variables === text),
    );
    if (open >= 0) return changeTab(open);
    // The editors are of the new tab only after it has been rendered.
    ReactDOM.flushSync(addTab);
    queryEditor?.setValue(query);
    // Without a schema, which the anonymous do not get, GraphiQL keeps the name of the operation before.
    if (queryEditor) queryEditor.operationName = undefined;
    variableEditor?.setValue(text);
    updateActiveTabValues({ query, variables: text, operationName: null });
  };
}

export const h = React.createElement;
