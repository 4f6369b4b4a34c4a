import { start } from "./cli.ts";

const [, program = "sluice", ...args] = process.argv;
void start([program, ...args], process.env);
