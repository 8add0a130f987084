import { h, useActiveTab } from "./editors.js";

/** Who the tab in front asks as. */
export function AsWhom({ accounts }) {
  const { headers } = useActiveTab();
  const account = accounts.find((one) => one.headers === headers);
  const who = account ? `${account.name} · ${account.staffNo}` : "the headers below";
  return h("span", { className: "as-whom" }, "asking as ", h("b", null, who));
}
