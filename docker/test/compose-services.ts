import { readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { parse } from "yaml";
import type { Engine } from "./engine.ts";

/** What compose.yaml says of a service, as far as it is run here. */
interface Service {
  readonly user?: string;
  readonly read_only?: boolean;
  readonly tmpfs?: readonly string[];
  readonly cap_drop?: readonly string[];
  readonly security_opt?: readonly string[];
  readonly environment?: Readonly<Record<string, string | number>>;
  readonly volumes?: readonly string[];
  readonly entrypoint?: readonly string[];
  readonly command?: string | readonly string[];
}

const folder = join(import.meta.dirname, "..");

/** Services of docker/compose.yaml, run without Compose, in one network of their own in which each name is 127.0.0.1. */
export class ComposeServices {
  readonly #engine: Engine;
  readonly #images: Readonly<Record<string, string>>;
  readonly #label: string;
  readonly #prefix: string;
  readonly #services: Readonly<Record<string, Service>>;
  readonly #volumes: readonly string[];
  #hosts = "/dev/null";

  /** `images` are by service; the names of containers and volumes begin with `prefix`. */
  constructor(engine: Engine, images: Readonly<Record<string, string>>, label: string, prefix: string) {
    const text = readFileSync(join(folder, "compose.yaml"), "utf8");
    const { services, volumes } = parse(text, { merge: true }) as {
      readonly services: Readonly<Record<string, Service>>;
      readonly volumes: Readonly<Record<string, unknown>>;
    };
    this.#engine = engine;
    this.#images = images;
    this.#label = label;
    this.#prefix = prefix;
    this.#services = services;
    this.#volumes = Object.keys(volumes);
  }

  /** The container's name. */
  name(service: string): string {
    return `${this.#prefix}-${service}`;
  }

  /** Starts the network: a container that does nothing. `hosts` is written, for the names. */
  async startNetwork(image: string, hosts: string): Promise<void> {
    const lines = ["localhost", ...Object.keys(this.#services)].map((name) => `127.0.0.1 ${name}\n`);
    writeFileSync(hosts, lines.join(""), { mode: 0o644 });
    this.#hosts = hosts;
    const options = [`--name=${this.name("network")}`, `--label=${this.#label}`, "--network=none", "--no-healthcheck"];
    await this.#engine.run(["run", "--detach", ...options, "--entrypoint=sleep", image, "infinity"]);
  }

  /** Starts a service; with `--detach` as a mode it goes on, else it ends before this returns. Throws with its stderr. */
  async run(service: string, mode: "--detach" | "--rm"): Promise<void> {
    const {
      user,
      read_only: readOnly = false,
      tmpfs = [],
      entrypoint: [program, ...first] = [],
      ...rest
    } = this.#services[service] ?? {};
    const { cap_drop: drop = [], security_opt: security = [], environment = {}, volumes = [], command = [] } = rest;
    await this.#engine.run([
      "run",
      mode,
      `--name=${this.name(service)}`,
      `--label=${this.#label}`,
      `--network=container:${this.name("network")}`,
      "--security-opt=label=disable",
      ...(user === undefined ? [] : [`--user=${user}`]),
      ...(readOnly ? ["--read-only"] : []),
      ...tmpfs.map((path) => `--tmpfs=${path}`),
      ...drop.map((capability) => `--cap-drop=${capability}`),
      ...security.map((option) => `--security-opt=${option.replace(/:true$/, "")}`),
      ...Object.entries(environment).map(([name, value]) => `--env=${name}=${value}`),
      `--volume=${this.#hosts}:/etc/hosts:ro`,
      ...volumes.map((volume) => `--volume=${this.#source(volume)}`),
      ...(program === undefined ? [] : [`--entrypoint=${program}`]),
      this.#images[service] ?? "",
      ...first,
      ...[command].flat(),
    ]);
  }

  #source(volume: string): string {
    return volume.startsWith(".") ? resolve(folder, volume) : `${this.#prefix}-${volume}`;
  }

  /** Takes all containers and volumes away. */
  async remove(): Promise<void> {
    for (const service of [...Object.keys(this.#services), "network"]) {
      await this.#engine.try(["rm", "--force", "--time=0", this.name(service)]);
    }
    await this.#engine.try(["volume", "rm", "--force", ...this.#volumes.map((volume) => `${this.#prefix}-${volume}`)]);
  }
}
