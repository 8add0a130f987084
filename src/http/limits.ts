/** Every bound that the HTTP door keeps, in one place. Sizes in bytes, times in milliseconds. */
export interface Limits {
  /** Characters of a document, comments and all; variables do not count. */
  readonly documentLength: number;
  /** Characters of all documents together that are kept parsed. */
  readonly storedDocuments: number;
  /** Lexical tokens of a document, without comments. */
  readonly tokens: number;
  /** Levels of fields, fragments flattened. */
  readonly depth: number;
  /** Levels of fields below `__schema` and `__type`: the standard introspection query needs 15. */
  readonly introspectionDepth: number;
  /** Aliases of one operation, fragments flattened; so with directives and selections. */
  readonly aliases: number;
  readonly directives: number;
  readonly selections: number;
  /** Fields of the operation itself: each is a statement. */
  readonly rootFields: number;
  /** Entries of `errors` in one answer. */
  readonly errors: number;
  /** Rows of one page. */
  readonly pageSize: number;
  /** What a connection is counted as where the page size is not given. */
  readonly defaultPageSize: number;
  /** What a list without pages is counted as. */
  readonly listSize: number;
  /** What a field counts as, beside what it brings, that takes seconds of work: there is room for one in an operation. */
  readonly heavyField: number;
  /** Values that an answer could hold: fields × page sizes, multiplied down the levels. */
  readonly cost: number;

  /** The body of a request. */
  readonly bodyBytes: number;
  /** The body of a request that does nothing but import a list. */
  readonly importBytes: number;
  /** All bodies together that are held at one time. */
  readonly bufferedBytes: number;
  /** Nesting of objects and lists in the body. */
  readonly jsonDepth: number;
  /** Properties and list items in the body. */
  readonly jsonValues: number;

  /** Places for operations at work at one time. */
  readonly concurrency: number;
  /** Places that one caller may take, and that all operations which take more than one may take together. */
  readonly share: number;
  /** An operation takes one more place each time it could bring so many values. */
  readonly valuesPerPlace: number;
  /** What a root field of a query counts as beside its values: the work of a statement, however little it brings. */
  readonly valuesPerStatement: number;
  /** Statements of one operation that the database works on at one time. */
  readonly statements: number;
  /** Lists imported at one time. */
  readonly imports: number;
  /** Previews of a tier policy at one time. */
  readonly previews: number;
  /** Operations that wait for their turn, and those of one caller among them. */
  readonly queue: number;
  readonly shareOfQueue: number;
  /** How long one waits in all before it is turned away. */
  readonly queueMs: number;
  /** How long an operation may take before it is answered without its result. */
  readonly executionMs: number;
  /** How long the database may take to answer `/health/ready`. */
  readonly readyMs: number;

  readonly connections: number;
  /** How long the headers, and the whole request, may take to arrive. */
  readonly headersMs: number;
  readonly requestMs: number;
  /** How long a connection is kept without a request, and without any traffic during one. */
  readonly keepAliveMs: number;
  readonly silenceMs: number;
  /** How long a kept connection may still bring a request after the door began to close. */
  readonly lingerMs: number;
  /** How long requests in flight may take to finish after the door began to close. */
  readonly drainMs: number;
}

export const defaultLimits: Limits = {
  documentLength: 50_000,
  storedDocuments: 250_000,
  tokens: 1000,
  depth: 10,
  introspectionDepth: 15,
  aliases: 30,
  directives: 20,
  selections: 5000,
  rootFields: 10,
  errors: 10,
  pageSize: 500,
  defaultPageSize: 50,
  listSize: 10,
  heavyField: 60_000,
  cost: 100_000,

  bodyBytes: 1024 * 1024,
  importBytes: 6 * 1024 * 1024,
  bufferedBytes: 64 * 1024 * 1024,
  jsonDepth: 32,
  jsonValues: 10_000,

  concurrency: 32,
  share: 4,
  valuesPerPlace: 2_500,
  valuesPerStatement: 500,
  statements: 2,
  imports: 2,
  previews: 1,
  queue: 256,
  shareOfQueue: 64,
  queueMs: 1000,
  executionMs: 30_000,
  readyMs: 1000,

  connections: 1000,
  headersMs: 5000,
  requestMs: 30_000,
  keepAliveMs: 5000,
  silenceMs: 60_000,
  lingerMs: 500,
  drainMs: 8000,
};
