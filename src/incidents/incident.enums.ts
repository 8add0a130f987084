import { IncidentKind, IncidentState } from "../database/client.js";
import { describeEnum } from "../reading/enums.js";

export { IncidentKind, IncidentState };

describeEnum("IncidentKind", IncidentKind, "Kinds of incident (rulebook 2.1).", {
  SYSTEM_FAULT: "A system does not work.",
  LEAK: "Customer data is with somebody who is not to have it.",
  SUSPECTED_LEAK: "It may be.",
  LOSS: "A device, a dossier or data is lost.",
  INTRUSION: "Somebody has come in.",
  OVERREACH: "Somebody has looked at what is not theirs, 越权.",
  DEVICE_DAMAGE: "A device is damaged.",
  OTHER: "Something else.",
});

describeEnum("IncidentState", IncidentState, "Where an incident stands (rulebook 2.4 I).", {
  REPORTED: "Administration, the head and whoever it concerns have been told.",
  CONTAINED: "It goes no further.",
  PLAN_ACTIVATED: "Technology follows the emergency plan.",
  INVESTIGATING: "Its cause is looked for.",
  RESOLVED: "Its cause is known, and what it has cost.",
  REVIEWED: "What is to be learnt from it is written down.",
  CLOSED: "Nothing is left to be done.",
});
