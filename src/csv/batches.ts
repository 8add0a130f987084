/** Items in lists of at most this length, as they come. */
export async function* batches<Item>(items: AsyncIterable<Item>, length: number): AsyncGenerator<Item[]> {
  let batch: Item[] = [];
  for await (const item of items) {
    batch.push(item);
    if (batch.length < length) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}
