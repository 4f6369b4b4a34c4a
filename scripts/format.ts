// npm run format
import { execa } from "execa";

const { exitCode } = await execa(process.execPath, ["node_modules/oxfmt/bin/oxfmt", ...process.argv.slice(2)], {
  stdio: "inherit",
  reject: false,
});
process.exitCode = exitCode ?? 1;
