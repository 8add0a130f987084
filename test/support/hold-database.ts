import { embeddedDatabase } from "../../src/database/embedded.js";

// A server's process, as far as the database is concerned: uses the one in the folder until it is killed.
const { url } = await embeddedDatabase(process.argv[2] ?? "", { asServer: true });
process.stdout.write(`${url}\n`);
setInterval(() => {}, 60_000);
