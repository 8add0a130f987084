import { Deviation, StockTakeState, StockTakeTrigger } from "../../database/client.js";
import { describeEnum } from "../../reading/enums.js";

export { Deviation, StockTakeState, StockTakeTrigger };

describeEnum("StockTakeTrigger", StockTakeTrigger, "Why devices are counted (S004-P4-22).", {
  PERIODIC: "It comes round, or technology counts by hand.",
  ALLOCATION: "Somebody has got a device.",
});

describeEnum("StockTakeState", StockTakeState, "Where a stock-take stands.", {
  OPEN: "Something is still to be counted.",
  COUNTED: "Every line is counted.",
  CLOSED: "The register is brought in line.",
  DROPPED: "The device was handed back before it was counted.",
});

describeEnum("Deviation", Deviation, "How what is found differs from the register (S004-P4-8, S004-P4-22).", {
  NOT_FOUND: "It was not there.",
  INCOMPLETE: "Parts of it are missing, or others (S004-P4-11).",
  SEAL_BROKEN: "Its seal is not the one of the register (S001-P1-3.2.1).",
  IP_CHANGED: "Its network address is not the one that it was given (S001-P1-3.2.5).",
  SOFTWARE_DEVIATION: "Other software is on it than the register says (S001-P1-3.2.3).",
  UNREGISTERED: "It is not in the register (S004-P4-10).",
});
