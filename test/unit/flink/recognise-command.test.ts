import { describe, expect, it } from "vitest";
import { recogniseCommand } from "../../../src/flink/recognise-command.ts";

const recognise = (...command: string[]) => recogniseCommand(command, "/opt/flink");

describe("a command that becomes a JVM", () => {
  it.each([
    { command: ["jobmanager", "-D", "a=b"], service: "standalonesession", args: ["-D", "a=b"] },
    { command: ["standalone-job", "--job-id", "0"], service: "standalonejob", args: ["--job-id", "0"] },
    { command: ["taskmanager"], service: "taskexecutor", args: [] },
    { command: ["history-server"], service: "historyserver", args: [] },
    { command: ["sql-gateway", "-Da=b"], service: "sql-gateway", args: ["-Da=b"] },
    { command: ["jobmanager.sh", "start-foreground", "host"], service: "standalonesession", args: ["host"] },
    { command: ["/opt/flink/bin/taskmanager.sh", "start-foreground"], service: "taskexecutor", args: [] },
    {
      command: ["/opt/flink/bin/sql-gateway.sh", "start-foreground", "-Da=b"],
      service: "sql-gateway",
      args: ["-Da=b"],
    },
    { command: ["kubernetes-jobmanager.sh", "kubernetes-session", "x"], service: "kubernetes-session", args: ["x"] },
    { command: ["kubernetes-taskmanager.sh", "x"], service: "kubernetes-taskmanager", args: ["x"] },
    {
      command: ["bash", "-c", `kubernetes-jobmanager.sh kubernetes-application  -D 'a=it'\\''s' "b c"`],
      service: "kubernetes-application",
      args: ["-D", "a=it's", "b c"],
    },
  ])("is $command", ({ command, service, args }) => {
    expect(recognise(...command)).toEqual({ service, args });
  });
});

describe("any other command is passed through", () => {
  it.each([
    [[]],
    [["help"]],
    [["toString"]],
    [["bash"]],
    [["bash", "-c", "id"]],
    [["bash", "-c", "jobmanager"]],
    [["bash", "-c", "kubernetes-taskmanager.sh", "$0"]],
    [["bash", "-c", "kubernetes-taskmanager.sh -D a=$B"]],
    [["bash", "-c", "kubernetes-taskmanager.sh -D a=`id`"]],
    [["bash", "-c", "kubernetes-taskmanager.sh && id"]],
    [["bash", "-c", "kubernetes-taskmanager.sh\nid"]],
    [["bash", "-c", "kubernetes-taskmanager.sh # no"]],
    [["bash", "-c", "kubernetes-taskmanager.sh *"]],
    [["bash", "-c", "kubernetes-taskmanager.sh 'a"]],
    [["kubernetes-jobmanager.sh"]],
    [["kubernetes-jobmanager.sh", "taskexecutor"]],
    [["/other/bin/taskmanager.sh", "start-foreground"]],
    [["taskmanager.sh", "start"]],
    [["taskmanager.sh", "stop-all"]],
    [["zookeeper.sh", "start-foreground"]],
    [["sql-gateway", "--help"]],
    [["jobmanager.sh", "start-foreground", "-h"]],
  ])("%j", (command) => {
    expect(recognise(...command)).toBeUndefined();
  });
});
