import { clients, type Knock, knockEverywhere, portsOf } from "../../test/support/closed-ports.ts";
import type { FlinkCluster } from "../../test/support/flink-cluster.ts";
import { DemoFailed } from "./demo-failed.ts";
import { heading, styled, table } from "./show.ts";

/** Knocks at every port in every way, and shows who was let in. Throws DemoFailed if it is not just the cluster itself. */
export async function proveClosed(cluster: FlinkCluster): Promise<void> {
  heading("Who is let in?");
  const knocks = await knockEverywhere(cluster);
  const rows = portsOf(cluster).map(([port, number]) => [
    `${port} ${number}`,
    ...clients.map((client) => outcome(knocks.find((knock) => knock.port === port && knock.client === client))),
  ]);
  table([["", ...clients], ...rows], colour);
  const wrong = knocks.filter(
    ({ client, result }) => (result.outcome === "accepted") !== (client === "the cluster's own"),
  );
  if (wrong.length === 0) return;
  const each = wrong.map(({ port, client, result }) => `${port}, ${client}: ${result.outcome} (${result.detail})`);
  throw new DemoFailed(`the wrong ones are let in: ${each.join("; ")}`);
}

function outcome(knock: Knock | undefined): string {
  if (knock?.result.outcome === "redirected") return "sent to https";
  return knock?.result.outcome ?? "";
}

function colour(cell: string): string {
  if (cell === "accepted") return styled("green", cell);
  return cell === "refused" || cell === "sent to https" ? styled("yellow", cell) : cell;
}
