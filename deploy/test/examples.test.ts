import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";

const text = (name: string) => readFileSync(join(import.meta.dirname, "..", name), "utf8");

interface PodSpec {
  readonly containers: readonly { readonly volumeMounts: readonly Named[] }[];
  readonly volumes: readonly Named[];
}

interface Named {
  readonly name: string;
}

interface FlinkDeployment {
  readonly spec: {
    readonly flinkConfiguration: Readonly<Record<string, string>>;
    readonly podTemplate: { readonly spec: PodSpec };
  };
}

const isNotState = ({ name }: Named) => name !== "state";

/** The volume for checkpoints is the example's own. */
function withoutState(spec: PodSpec): PodSpec {
  const containers = spec.containers.map((container) => ({
    ...container,
    volumeMounts: container.volumeMounts.filter(isNotState),
  }));
  return { ...spec, containers, volumes: spec.volumes.filter(isNotState) };
}

/** What as-client.sh appends to Flink's configuration. */
function clientConfiguration(): Readonly<Record<string, unknown>> {
  const [, appended = ""] = /<<CONF\n(.*?)\nCONF\n/s.exec(text("native/as-client.sh")) ?? [];
  return parse(appended.replaceAll("$password", "CHANGE-ME")) as Record<string, unknown>;
}

const examples = readdirSync(join(import.meta.dirname, "../operator")).filter((name) => name.endsWith(".yaml"));

describe.each(examples)("operator/%s", (name) => {
  const [first = ""] = text(`operator/${name}`).split("\n---\n");
  const { spec } = parse(first) as FlinkDeployment;

  it("has the pods that Flink's own programs make from deploy/native", () => {
    const template = parse(text("native/pod-template.yaml")) as { readonly spec: PodSpec };
    expect(withoutState(spec.podTemplate.spec)).toEqual(template.spec);
  });

  it("connects to REST as deploy/native does", () => {
    const of = (configuration: Readonly<Record<string, unknown>>) =>
      Object.entries(configuration).flatMap(([key, value]) =>
        key.startsWith("security.") ? [`${key}: ${String(value)}`] : [],
      );
    expect(of(spec.flinkConfiguration)).toEqual(of(clientConfiguration()));
  });
});

describe("the image with HDFS and a job", () => {
  it("is made by the lines of docs/image.md", () => {
    const [, section = ""] = text("../docs/image.md").split("## With HDFS and a job\n");
    const lines = section
      .split("\n")
      .filter((line) => /^ {4}(COPY|ENV) /.test(line))
      .slice(0, 3);
    expect(lines.length).toBe(3);
    const dockerfile = text("test/hdfs/Dockerfile").split("\n");
    expect(dockerfile).toEqual(expect.arrayContaining(lines.map((line) => line.trim())));
  });
});
