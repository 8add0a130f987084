import { AsWhom } from "./as-whom.js";
import { Choices } from "./choices.js";
import { NotShownClear } from "./not-shown-clear.js";
import { remember } from "./told.js";

const { React, ReactDOM, GraphiQL } = window;
const h = React.createElement;

const load = async (path) => {
  const response = await fetch(path);
  if (!response.ok) throw new Error(`${path}: ${response.status}`);
  return response.json();
};

const { demo, operations } = await load("/playground/start.json");
const accounts = demo ? (await load("/playground/accounts.json")).map(withHeaderText) : [];

/** GraphiQL's headers editor holds them as JSON. */
function withHeaderText({ headers, ...account }) {
  return { ...account, headers: JSON.stringify(headers, null, 2) };
}

/** Sends an operation; what comes back is shown as it is, refusals too. */
async function ask(operation, { headers } = {}) {
  const response = await fetch("/graphql", {
    method: "POST",
    headers: { ...headers, "content-type": "application/json", accept: "application/json" },
    body: JSON.stringify(operation),
  });
  const answer = await response.json();
  remember(answer);
  return answer;
}

function Playground() {
  const [headers, setHeaders] = React.useState(accounts[0]?.headers ?? "");
  const [first] = operations;
  return h(
    GraphiQL,
    {
      fetcher: ask,
      // Tokens, and what was typed and answered, end with the page.
      storage: null,
      shouldPersistHeaders: false,
      forcedTheme: "system",
      defaultHeaders: headers,
      defaultQuery: "# Ctrl-Space completes, Ctrl-Enter runs.\n",
      defaultTabs: first && [{ query: first.query, headers }],
      defaultEditorToolsVisibility: "headers",
      schemaDescription: true,
    },
    h(GraphiQL.Logo, null, h(AsWhom, { accounts })),
    // Whatever is inside GraphiQL's footer shares its state, wherever on the page it is put.
    h(
      GraphiQL.Footer,
      null,
      ReactDOM.createPortal(
        h(Choices, { accounts, operations, onAccount: (account) => setHeaders(account.headers) }),
        document.getElementById("choices"),
      ),
      ReactDOM.createPortal(h(NotShownClear), document.getElementById("not-shown")),
    ),
  );
}

ReactDOM.createRoot(document.getElementById("editors")).render(h(Playground));
