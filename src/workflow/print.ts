import { termInWords } from "./calendar.js";
import { constraintsSql } from "./constraints.js";
import { whoInWords } from "./why-not.js";
import { type Action, allWorkflows, isByClock, mutationOf, statesAfter, type Workflow } from "./workflow.js";

type Step = Action<unknown, string, string>;

const cell = (text: string): string => text.replaceAll("|", "\\|");

/** `schema/workflows.md`: every form as a diagram and as the table that it is. */
export const workflowsMarkdown = (): string =>
  [
    "# Forms",
    "",
    "Printed by `npm run schema:update`; never edited. A form goes from state to state as its table says and no other",
    "way. Nobody takes a step of a form that is about them unless the table says so, and nobody sits on two seats of one",
    "form. Working days are the company's: Asia/Shanghai, with its holidays.",
    "",
    ...allWorkflows().map(section),
  ].join("\n");

const section = (workflow: Workflow): string =>
  [
    `## ${workflow.machine}. ${workflow.title} (\`${workflow.name}\`)`,
    "",
    `From ${workflow.clause}.`,
    "",
    "```mermaid",
    "stateDiagram-v2",
    ...Object.entries(workflow.actions).flatMap(([action, step]) => arrows(action, step)),
    ...Object.entries(workflow.states).flatMap(([state, { end }]) => (end ? [`  ${state} --> [*]`] : [])),
    "```",
    "",
    "| State | To go on from here | What follows |",
    "| --- | --- | --- |",
    ...Object.entries(workflow.states).map(
      ([state, { due, end }]) =>
        `| ${state} | ${due ? termInWords(due) : "—"} | ${cell(end ?? following(workflow, state))} |`,
    ),
    "",
    "| Step | From | To | Who | Seat | Mutation | What it is |",
    "| --- | --- | --- | --- | --- | --- | --- |",
    ...Object.entries(workflow.actions).map(([action, step]) => row(workflow, action, step)),
    "",
  ].join("\n");

const following = ({ actions }: Workflow, state: string): string =>
  Object.entries(actions)
    .filter(([, { from }]) => from.includes(state))
    .map(([action]) => action)
    .join(", ");

const arrows = (action: string, step: Step): string[] =>
  step.from.flatMap((from) =>
    statesAfter(step, from).map(
      (to) => `  ${from ?? "[*]"} --> ${to}: ${action}${step.when ? ` at ${step.when}` : ""}`,
    ),
  );

const row = (workflow: Workflow, action: string, step: Step): string => {
  const from = step.from.map((state) => state ?? "new").join(", ");
  const to = [...new Set(step.from.flatMap((state) => statesAfter(step, state)))].join(", ");
  const who = isByClock(step) ? byItself(workflow, action, step) : whoInWords(step.who);
  const mutation = isByClock(step) ? "—" : `\`${mutationOf(workflow, action)}\``;
  const note = step.note === "required" ? " With a note that says why." : "";
  return `| ${action} | ${from} | ${step.to === undefined ? "the same" : to} | ${who} | ${step.seat ?? "—"} | ${mutation} | ${cell(step.meaning)}${note} |`;
};

function byItself({ follows = [], openedBy = [] }: Workflow, action: string, step: Step): string {
  const { when, whenSubjectGoes } = step;
  if (when) return `the clock, at \`${when}\``;
  if (whenSubjectGoes) return "the end of the post of whom it is about";
  const brought = [
    ...follows.flatMap(({ of, steps, action: brings }) =>
      brings === action ? [steps ? `${steps.join(" or ")} of ${of.name}` : `the end of ${of.name}`] : [],
    ),
    ...openedBy.flatMap(({ of, step: opening, action: brings }) =>
      brings === action ? [`${opening} of ${of.name}`] : [],
    ),
  ];
  return brought.join(", or ") || "another form's step";
}

/** `schema/workflows.sql`: what the database holds of the tables, whatever writes to it. */
export const workflowsSql = (): string =>
  [
    "-- Printed by `npm run schema:update`; never edited. A migration says the same; a test holds the two together.",
    "",
    ...allWorkflows().map((workflow) => `${constraintsSql(workflow)}\n`),
  ].join("\n");
