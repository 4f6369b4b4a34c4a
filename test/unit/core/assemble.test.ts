import { describe, expect, it } from "vitest";
import { assemble, type Launcher } from "../../../src/core/plan/assemble.ts";
import type { Contribution, Target, UserConf } from "../../../src/core/feature/feature.ts";
import { Secret } from "../../../src/secret.ts";

const problem = { code: "area/what", where: ["X"], text: "is wrong", hint: "mend it" };
const notice = { level: "info", where: ["X"], text: "is so" } as const;

function target(variables: Readonly<Record<string, string>> = {}): Target {
  return {
    command: ["jobmanager"],
    role: "jobmanager",
    flinkHome: "/opt/flink",
    flinkVersion: "2.3.0",
    flinkChecked: true,
    javaHome: undefined,
    mountedConfDir: "/opt/flink/conf",
    runDir: "/run/sluice",
    roleDir: "/run/sluice/jobmanager",
    confDir: "/run/sluice/jobmanager/conf",
    launch: "native",
    variable: (name) => variables[name],
  };
}

function userConf(properties: Readonly<Record<string, string | Secret>> = {}): UserConf {
  return {
    mounted: [],
    properties: Object.entries(properties).map(([key, value]) => ({ key, value, where: ["FLINK_PROPERTIES"] })),
    dynamic: [],
    write: (changes) => ({
      path: "/run/sluice/conf/config.yaml",
      mode: 0o600,
      content: { kind: "text", text: [...changes].flatMap(([key, value]) => [`${key}: `, value, "\n"]) },
    }),
  };
}

const launch: Launcher = ({ conf, set, unset }) => ({
  kind: "exec",
  exec: { path: "jobmanager.sh", argv: ["jobmanager.sh", ...conf.keys()], set, unset },
  notices: [],
});

function assembled(contributions: Readonly<Record<string, Contribution>>, variables = {}, earlier = {}) {
  const owned = Object.entries(contributions).map(([owner, contribution]) => ({ owner, contribution }));
  return assemble(target(variables), owned, launch, { problems: [], notices: [], unset: [], ...earlier });
}

function planOf(...args: Parameters<typeof assembled>) {
  const planned = assembled(...args);
  if (planned.kind !== "plan") throw new Error("there are problems");
  return planned.plan;
}

describe("assemble", () => {
  it("brings together what the features contribute, each with its owner", () => {
    const file = { path: "/run/sluice/a", mode: 0o600, content: { kind: "text", text: ["a"] } } as const;
    const link = { path: "/run/sluice/b", target: "/b" };
    const plan = planOf(
      {
        flink: { userConf: userConf({ a: "1" }), env: { A: "1" } },
        tls: { files: [file], links: [link], env: { B: "2" }, notices: [notice] },
      },
      {},
      { unset: ["SECRET"] },
    );
    expect(plan.files.map(({ path, owner }) => [path, owner])).toEqual([
      ["/run/sluice/conf/config.yaml", "flink"],
      ["/run/sluice/a", "tls"],
    ]);
    expect(plan.links).toEqual([{ ...link, owner: "tls" }]);
    expect(plan.flinkConf).toEqual([{ key: "a", value: "1", owner: "FLINK_PROPERTIES" }]);
    expect(plan.exec).toEqual({
      path: "jobmanager.sh",
      argv: ["jobmanager.sh", "a"],
      set: { A: "1", B: "2" },
      unset: ["SECRET"],
    });
    expect(plan.notices).toEqual([notice]);
  });

  it("has no plan when anything is wrong, and says all of it", () => {
    const planned = assembled(
      { flink: { userConf: userConf(), problems: [problem] }, tls: { requires: () => [problem, notice] } },
      {},
      { problems: [problem], notices: [notice] },
    );
    expect(planned).toEqual({
      kind: "problems",
      probes: expect.any(Function),
      problems: [problem, problem, problem],
      notices: [notice, notice],
    });
  });

  it("has no plan when the launch finds a problem", () => {
    const owned = [{ owner: "flink", contribution: { userConf: userConf() } }];
    const planned = assemble(target(), owned, () => ({ kind: "problems", problems: [problem] }), {
      problems: [],
      notices: [],
      unset: [],
    });
    expect(planned).toEqual({ kind: "problems", probes: expect.any(Function), problems: [problem], notices: [] });
  });

  it("checks requirements against the merged configuration", () => {
    let seen: unknown;
    planOf({
      flink: { userConf: userConf({ a: "user" }) },
      tls: {
        flinkConf: [{ key: "a", value: "feature", strength: "default", because: "TLS" }],
        requires: (conf) => {
          seen = conf.get("a");
          return [];
        },
      },
    });
    expect(seen).toEqual({ value: "user", owner: "FLINK_PROPERTIES" });
  });

  describe("JVM options", () => {
    const flink = (properties = {}) => ({ userConf: userConf(properties) });
    const trust = { jvmOptions: ["-Dtrust=1", "-Dmore=2"] };
    const all = "env.java.opts.all";
    const options = (properties: Readonly<Record<string, string | Secret>>) =>
      planOf({ flink: flink(properties), trust }).flinkConf.find(({ key }) => key === all);

    it("leaves the configuration alone when there are none", () => {
      expect(planOf({ flink: flink(), trust: { jvmOptions: [] } }).flinkConf).toEqual([]);
    });

    it("come after the user's", () => {
      expect(options({ [all]: " -Duser=0 " })).toEqual({
        key: all,
        value: "-Duser=0 -Dtrust=1 -Dmore=2",
        owner: "FLINK_PROPERTIES + trust",
      });
    });

    it("come after the legacy key's, which Flink does not read beside the new one", () => {
      expect(options({ "env.java.opts": "-Duser=0" })?.value).toBe("-Duser=0 -Dtrust=1 -Dmore=2");
    });

    it("come after options that are secret, which stay so", () => {
      const value = options({ [all]: new Secret("FLINK_PROPERTIES", () => "-Dkey=1") })?.value;
      expect(value).toBeInstanceOf(Secret);
      expect(value instanceof Secret && Secret.open(value)).toBe("-Dkey=1 -Dtrust=1 -Dmore=2");
    });

    it("go to FLINK_ENV_JAVA_OPTS when that is set, because Flink then reads no key", () => {
      const plan = planOf({ flink: flink(), trust }, { FLINK_ENV_JAVA_OPTS: "-Dpreset=0" });
      expect(plan.exec.set).toEqual({ FLINK_ENV_JAVA_OPTS: "-Dpreset=0 -Dtrust=1 -Dmore=2" });
      expect(plan.flinkConf).toEqual([]);
    });
  });
});
