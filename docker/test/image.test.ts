import { createReadStream } from "node:fs";
import { createGzip } from "node:zlib";
import { describe, expect, it } from "vitest";
import { binary, engine, imageOf, runOnce, skipWithoutEngine, versions } from "./suite.ts";

interface HealthCheck {
  readonly Test: readonly string[];
}

interface Inspected {
  readonly Config: { readonly Healthcheck?: HealthCheck | null };
  readonly Healthcheck?: HealthCheck | null;
}

skipWithoutEngine();

it("adds at most 55 MB to what is pulled, class-data archives apart", async () => {
  let bytes = 0;
  for await (const chunk of createReadStream(binary).pipe(createGzip())) bytes += (chunk as Buffer).length;
  expect(bytes).toBeLessThan(55e6);
});

describe.each(versions)("the image of Flink %s", (version) => {
  const inspect = async (image: string, format: string) =>
    (await engine.run(["image", "inspect", `--format=${format}`, image])).trim();

  it("has an entrypoint that any user can run, its help as default, and the base image's user", async () => {
    const { stdout, stderr, exitCode } = await runOnce(version, []);
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
    expect(stdout).toContain("docker run IMAGE jobmanager");
    const base = `docker.io/library/flink:${version}-java17`;
    expect(await inspect(imageOf(version), "{{.Config.User}}")).toBe(await inspect(base, "{{.Config.User}}"));
  });

  it("says what it is", async () => {
    const label = (name: string) =>
      inspect(imageOf(version), `{{index .Config.Labels "org.opencontainers.image.${name}"}}`);
    expect(await label("title")).toBe("Flink with Sluice");
    expect(await label("version")).toBe(version);
    expect(await label("base.name")).toBe(`docker.io/library/flink:${version}-java17`);
  });

  it("has a health check", async () => {
    const [about] = JSON.parse(await engine.run(["image", "inspect", imageOf(version)])) as readonly Inspected[];
    // docker has it in one place, podman in the other.
    const check = about?.Config.Healthcheck ?? about?.Healthcheck;
    expect(check?.Test).toEqual(["CMD", "/usr/local/bin/sluice", "health", "--timeout", "4s"]);
  });

  it("makes a Secret with nothing to write to, as a chart's Job does", async () => {
    const options = ["--read-only", "--cap-drop=ALL", "--user=54321:0", "--entrypoint=sluice"];
    const { exitCode, stdout, stderr } = await runOnce(
      version,
      ["certs", "--secret", "flink-tls", "--key", "ec"],
      options,
    );
    expect(exitCode, stderr).toBe(0);
    expect(stdout).toMatch(/^---\napiVersion: v1\nkind: Secret\n/);
    expect(stdout).toMatch(/^ {2}tls\.key: [\w+/=]+$/m);
  });

  it.each(["jobmanager", "taskmanager"])("has a class-data archive for its own JVM: %s", async (command) => {
    const { stdout } = await runOnce(version, ["--dry-run", command]);
    expect(stdout).toContain(`-XX:SharedArchiveFile=/opt/flink/cds/${command}.jsa`);
  });

  it("adds the executable, its name as the entrypoint, one library, the plugin and the archives, and takes nothing away", async () => {
    const folders = "/etc /usr /opt /home /root /var /docker-entrypoint.sh".split(" ");
    const find = ["find", ...folders, "-xdev", "-not", "-type", "d", "-printf", "%p %s %l\\n"];
    const filesOf = async (image: string) => {
      const [program = "", ...args] = find;
      const run = ["run", "--rm", "--network=none", "--user=0:0", `--entrypoint=${program}`, image, ...args];
      // The stand-in for the official image has no entrypoint, of which find complains. The engine writes some files anew.
      const lines = (await engine.try(run)).stdout.split("\n");
      return new Set(lines.filter((line) => line !== "" && !/^\/etc\/(hosts|hostname|resolv\.conf|mtab) /.test(line)));
    };
    const [base, ours] = [await filesOf(`docker.io/library/flink:${version}-java17`), await filesOf(imageOf(version))];
    const added = [...ours].filter((file) => !base.has(file)).map((line) => line.split(" ")[0] ?? "");
    const archives = ["jobmanager", "taskmanager"].flatMap((role) => [
      `/opt/flink/cds/${role}.json`,
      `/opt/flink/cds/${role}.jsa`,
    ]);
    const plugin = "/opt/flink/opt/sealed-filesystem-0.1.0.jar";
    const known = ["/docker-entrypoint.sh", "/usr/local/bin/sluice", plugin, ...archives];
    const library = /^\/usr\/lib\/[^/]+\/libatomic\.so\.1/;
    expect(added.filter((path) => !library.test(path)).toSorted()).toEqual(known.toSorted());
    const removed = [...base].filter((file) => !ours.has(file) && !file.startsWith("/docker-entrypoint.sh "));
    expect(removed).toEqual([]);
  });
});
