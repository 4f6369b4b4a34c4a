import { start } from "./cli.ts";
import { rehearsalsVariable, rehearse } from "./rehearse.ts";

// As in cli/certs-options.ts, an import would open stderr.
const { startupSnapshot } = process.getBuiltinModule("node:v8");

// In a single executable argv[1] is its own path, and only argv0 is the name that it was called by.
function startBinary(): void {
  void start([process.argv0, ...process.argv.slice(2)], process.env);
}

// V8 takes a snapshot on the processor that it is for; an executable for another one evaluates all of this at each start.
if (startupSnapshot.isBuildingSnapshot()) {
  rehearse(process.env[rehearsalsVariable] ?? "[]");
  startupSnapshot.setDeserializeMainFunction(startBinary);
} else {
  startBinary();
}
