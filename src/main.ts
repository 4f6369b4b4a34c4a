import { main } from "./cli.ts";

const [, program = "sluice", ...args] = process.argv;
process.exit(main([program, ...args], process.env));
