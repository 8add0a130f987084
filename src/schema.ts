import "reflect-metadata";
import {
  DirectiveLocation,
  GraphQLDirective,
  type GraphQLEnumType,
  type GraphQLFieldResolver,
  GraphQLNonNull,
  GraphQLSchema,
  isObjectType,
} from "graphql";
import { buildSchema } from "type-graphql";
import { guardSchema } from "./access/guard.js";
import { AccessHistoryResolver } from "./audit/access-history.resolver.js";
import { DisclosureDelayQueries, DisclosureDelayResolver } from "./audit/disclosure-delay.resolver.js";
import { LedgerResolver } from "./audit/ledger.resolver.js";
import { ReadSampleQueries, ReadSampleResolver } from "./audit/read-sample.resolver.js";
import { CorrectionResolver } from "./customers/corrections/correction.resolver.js";
import { CustomerResolver } from "./customers/customer.resolver.js";
import { CustomerWritingResolver } from "./customers/customer-writing.resolver.js";
import { DisposalResolver } from "./customers/disposal/disposal.resolver.js";
import { AllocationQueries, AllocationResolver } from "./devices/allocations/allocation.resolver.js";
import { DeviceCopyResolver } from "./devices/copies/device-copy.resolver.js";
import { DeviceQueries, DeviceResolver } from "./devices/device.resolver.js";
import { DeviceRegisterResolver } from "./devices/device-register.resolver.js";
import { EnrolmentResolver } from "./devices/enrolment.resolver.js";
import { FaultResolver } from "./devices/faults/fault.resolver.js";
import { DeviceKpisResolver } from "./devices/kpis/device-kpis.resolver.js";
import { MaintenanceResolver } from "./devices/maintenance/maintenance.resolver.js";
import { RenewalPlanResolver } from "./devices/renewal/renewal.resolver.js";
import { ScrapSheetResolver } from "./devices/scrap/scrap-sheet.resolver.js";
import { SecretReviewResolver } from "./devices/secret-review/secret-review.resolver.js";
import { DeviceShareResolver } from "./devices/sharing/device-share.resolver.js";
import { InstallRequestResolver, KnownSoftwareResolver } from "./devices/software/software.resolver.js";
import { StockTakeResolver } from "./devices/stock-takes/stock-take.resolver.js";
import { CopyRequestResolver, ExternalDisclosureResolver } from "./disclosures/disclosure.resolver.js";
import { ConsultationResolver } from "./dossiers/consultation.resolver.js";
import { DossierResolver } from "./dossiers/dossier.resolver.js";
import { LoanResolver } from "./dossiers/loan.resolver.js";
import { ExplainResolver } from "./explain/explain.resolver.js";
import { CompanyDayResolver } from "./forms/company-day.resolver.js";
import { declareHistories } from "./forms/form-event.type.js";
import { FormsResolver } from "./forms/forms.resolver.js";
import { AppealResolver } from "./grants/appeal.resolver.js";
import { GrantApplicationResolver, GrantResolver, SensitiveUseResolver } from "./grants/grant.resolver.js";
import {
  EmergencyAccessResolver,
  RecertificationResolver,
  RenewalResolver,
} from "./grants/grant-life.resolver.js";
import { IncidentResolver } from "./incidents/incident.resolver.js";
import { ObjectionResolver } from "./objections/objection.resolver.js";
import { OffboardingResolver } from "./offboarding/offboarding.resolver.js";
import { OrderResolver, TransactionResolver } from "./orders/order.resolver.js";
import { PeopleResolver } from "./people/people.resolver.js";
import { SessionResolver } from "./people/session.resolver.js";
import { PolicyResolver, TierPolicyQueries } from "./policies/policies.resolver.js";
import { NeedAssessmentResolver } from "./procurement/need-assessment/need-assessment.resolver.js";
import { ProcurementResolver } from "./procurement/procurement.resolver.js";
import { PurposeStatementResolver } from "./purpose-statements/purpose-statement.resolver.js";
import { computedBy } from "./reading/computed.js";
import { declareLists } from "./reading/connection-types.js";
import { NodeResolver } from "./reading/node.resolver.js";
import { RightsResolver } from "./rights/rights.resolver.js";
import { ServiceCaseQueries, ServiceCaseResolver } from "./service/service-case.resolver.js";
import { StaffRequestResolver } from "./staff-requests/staff-request.resolver.js";
import {
  TrainingRecordResolver,
  TrainingResultsResolver,
  TrainingSessionResolver,
} from "./training/training.resolver.js";
import { ViolationResolver } from "./violations/violation.resolver.js";
import { declareAvailableActions } from "./workflow/available-actions.type.js";
import { formMutations } from "./workflow/form-mutations.js";

/** Every resolver there is; a feature is one line. */
const resolvers = [
  AccessHistoryResolver,
  AllocationQueries,
  AllocationResolver,
  CompanyDayResolver,
  ConsultationResolver,
  AppealResolver,
  CopyRequestResolver,
  CorrectionResolver,
  CustomerResolver,
  CustomerWritingResolver,
  DeviceCopyResolver,
  DeviceKpisResolver,
  DeviceQueries,
  DeviceRegisterResolver,
  DeviceResolver,
  DeviceShareResolver,
  DisclosureDelayQueries,
  DisclosureDelayResolver,
  DisposalResolver,
  DossierResolver,
  EnrolmentResolver,
  ExplainResolver,
  ExternalDisclosureResolver,
  FormsResolver,
  EmergencyAccessResolver,
  FaultResolver,
  GrantApplicationResolver,
  GrantResolver,
  IncidentResolver,
  InstallRequestResolver,
  KnownSoftwareResolver,
  LedgerResolver,
  LoanResolver,
  MaintenanceResolver,
  NeedAssessmentResolver,
  NodeResolver,
  ObjectionResolver,
  OffboardingResolver,
  OrderResolver,
  PeopleResolver,
  ReadSampleQueries,
  ReadSampleResolver,
  RecertificationResolver,
  RenewalPlanResolver,
  RenewalResolver,
  PolicyResolver,
  ProcurementResolver,
  PurposeStatementResolver,
  RightsResolver,
  ScrapSheetResolver,
  SecretReviewResolver,
  SensitiveUseResolver,
  ServiceCaseQueries,
  ServiceCaseResolver,
  SessionResolver,
  StaffRequestResolver,
  StockTakeResolver,
  TierPolicyQueries,
  TrainingRecordResolver,
  TrainingResultsResolver,
  TrainingSessionResolver,
  TransactionResolver,
  ViolationResolver,
] as const;

/** What the read path has made is looked up by response key: an alias is a key like any other. */
const byResponseKey: GraphQLFieldResolver<Record<string, unknown>, unknown> = (
  row,
  _args,
  _context,
  { path },
) => row[path.key];

/** The schema before it is guarded, with `@classified` as a directive of its own. */
export async function buildClassifiedSchema(): Promise<GraphQLSchema> {
  declareHistories();
  declareAvailableActions();
  declareLists();
  const schema = await buildSchema({ resolvers: [...resolvers, formMutations()], validate: false });
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || !(type.extensions.record || type.extensions.page)) continue;
    for (const [name, field] of Object.entries(type.getFields())) {
      const compute = computedBy(type, name);
      // The read path puts the row's id where such a field's value goes.
      field.resolve = compute
        ? (row, args, context, { path }) => compute(row[path.key] as string, context as never, args)
        : byResponseKey;
    }
  }
  const classified = new GraphQLDirective({
    name: "classified",
    description: "The information class of a field: what its reading, filtering and writing is decided by.",
    locations: [DirectiveLocation.FIELD_DEFINITION, DirectiveLocation.INPUT_FIELD_DEFINITION],
    args: {
      class: {
        type: new GraphQLNonNull(schema.getType("FieldClass") as GraphQLEnumType),
        description: "The information class (rulebook 2).",
      },
    },
  });
  const config = schema.toConfig();
  return new GraphQLSchema({ ...config, directives: [...config.directives, classified] });
}

/** The schema that is served. `everyField` puts graphql-shield on every field instead of planning once (tests). */
export const createSchema = async (scope: "roots" | "everyField" = "roots"): Promise<GraphQLSchema> =>
  guardSchema(await buildClassifiedSchema(), scope);

let served: Promise<GraphQLSchema> | undefined;

/** The schema of every server of this process, built once: what type-graphql keeps of types grows with each building. */
export const servedSchema = (): Promise<GraphQLSchema> => {
  served ??= createSchema();
  return served;
};
