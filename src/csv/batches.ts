/** Rows of a list that are checked at once, and by the same statements. */
const batchLength = 1_000;

/** The rows of a list in batches, as they come. */
export async function* batches<Row>(rows: AsyncIterable<Row>): AsyncGenerator<Row[]> {
  let batch: Row[] = [];
  for await (const row of rows) {
    batch.push(row);
    if (batch.length < batchLength) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}
