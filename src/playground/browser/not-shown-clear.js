import { h, useActiveTab } from "./editors.js";

/** Under the answer: what of it is masked, withheld or refused, why, and what would help. */
export function NotShownClear() {
  const answer = parsed(useActiveTab().response);
  const purpose = answer?.extensions?.access?.purpose;
  const lines = answer ? [...refusals(answer), ...(answer.extensions?.access?.fields ?? [])] : [];
  return [
    h(
      "header",
      { key: "header" },
      h("h2", { id: "not-shown-title" }, "Not shown clear"),
      h(
        "p",
        { role: "status" },
        answer ? summary(lines, purpose) : "Run an operation to see what its answer leaves out.",
      ),
    ),
    lines.length > 0 && table(lines),
  ];
}

const refusals = ({ errors = [] }) =>
  errors.map(({ message, path, extensions = {} }) => ({
    field: path?.join(".") ?? "the operation",
    outcome: "REFUSED",
    reason: extensions.code ?? "",
    needs: [message, extensions.needs].filter(Boolean).join(" "),
  }));

function summary(lines, purpose) {
  if (lines.length === 0) return "Everything in this answer is shown clear.";
  const counts = ["refused", "withheld", "masked"].flatMap((outcome) => {
    const count = lines.filter((line) => line.outcome === outcome.toUpperCase()).length;
    return count > 0 ? `${count} ${outcome}` : [];
  });
  return [counts.join(", "), purpose && `for the purpose ${purpose}`].filter(Boolean).join(", ");
}

const table = (lines) =>
  h(
    "div",
    {
      key: "table",
      className: "scroll",
      role: "region",
      "aria-label": "Fields not shown clear",
      tabIndex: 0,
    },
    h(
      "table",
      null,
      h("thead", null, h("tr", null, ...columns.map((name) => h("th", { key: name, scope: "col" }, name)))),
      h("tbody", null, lines.map(row)),
    ),
  );

const columns = ["Field", "Outcome", "Reason", "Rows", "What would help"];

const row = ({ field, outcome, reason, rows, needs, request }, index) =>
  h(
    "tr",
    { key: index },
    h("th", { scope: "row" }, field),
    h("td", null, h("span", { className: `outcome ${outcome.toLowerCase()}` }, outcome)),
    h("td", { className: "code" }, reason),
    h("td", { className: "number" }, rows ?? ""),
    h("td", null, needs, request && h("code", null, request)),
  );

/** What GraphiQL shows before an answer, and where one failed, is not JSON. */
function parsed(text) {
  try {
    return text ? JSON.parse(text) : null;
  } catch {
    return null;
  }
}
