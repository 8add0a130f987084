/** What `work` resolves to, or `otherwise` when that takes longer than `ms`. The work itself goes on. */
export async function within<Result>(
  ms: number,
  work: Promise<Result>,
  otherwise: () => Result | Promise<Result>,
): Promise<Result> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<Result>((resolve, reject) => {
    timer = setTimeout(() => {
      try {
        resolve(otherwise());
      } catch (error) {
        reject(error);
      }
    }, ms);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}
