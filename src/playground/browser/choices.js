import { h, useActiveTab, useAskAs, useOpen, useTabInView } from "./editors.js";

/** The list beside the editors: who asks, and what. */
export function Choices({ accounts, operations, onAccount }) {
  const tab = useActiveTab();
  const askAs = useAskAs();
  const open = useOpen();
  useTabInView();
  const choose = (account) => {
    onAccount(account);
    askAs(account.headers);
  };
  return [
    section(
      "who",
      "Who asks",
      accounts.length > 0
        ? accounts.map((account) => accountChoice(account, tab.headers === account.headers, choose))
        : h(SignInNote, { key: "note" }),
    ),
    section(
      "what",
      "What to ask",
      operations.map((operation) =>
        operationChoice(operation, accounts, tab.query === operation.query, open),
      ),
    ),
  ];
}

const section = (id, title, children) =>
  h(
    "section",
    { key: id, "aria-labelledby": id },
    h("h2", { id }, title),
    h(
      "div",
      { className: "choices", role: id === "who" ? "radiogroup" : "group", "aria-labelledby": id },
      children,
    ),
  );

const accountChoice = (account, chosen, choose) =>
  h(
    "label",
    { key: account.staffNo, className: "choice" },
    h("input", {
      type: "radio",
      name: "account",
      value: account.staffNo,
      checked: chosen,
      onChange: () => choose(account),
    }),
    h("b", null, account.staffNo, h("span", { lang: "zh" }, account.name)),
    h("small", null, account.what),
  );

const operationChoice = ({ about, as, ...operation }, accounts, chosen, open) =>
  h(
    "button",
    {
      key: operation.name,
      type: "button",
      className: "choice",
      title: about,
      "aria-current": chosen,
      onClick: () => open(operation),
    },
    h("b", null, operation.title),
    h(
      "small",
      null,
      accounts.length > 0 && as.length > 0 && h("span", { className: "as" }, `as ${as.join(", ")}`),
      about,
    ),
  );

function SignInNote() {
  return h(
    "div",
    { className: "note" },
    h("p", null, "The demo organisation is not loaded here, so nobody is signed in."),
    h("p", null, "Run “Sign in” with your staff number and password, then put the token under Headers:"),
    h(
      "pre",
      null,
      '{\n  "authorization": "Bearer …",\n  "device-credential": "…",\n  "access-purpose": "…"\n}',
    ),
    h("p", null, "The round arrow at the lower left then loads the descriptions."),
  );
}
