import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { parse } from "yaml";
import type { Engine } from "./engine.ts";

/** What compose.yaml says of a service, as far as it is run here. */
interface Service {
  readonly network_mode?: string;
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

/** Services of docker/compose.yaml, run without Compose, in a network of their own. */
export class ComposeServices {
  readonly #engine: Engine;
  readonly #images: Readonly<Record<string, string>>;
  readonly #label: string;
  readonly #prefix: string;
  readonly #services: Readonly<Record<string, Service>>;
  readonly #volumes: readonly string[];

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

  /** What the container, the volume or the network is called. */
  name(service: string): string {
    return `${this.#prefix}-${service}`;
  }

  /** Makes the network and the volumes. */
  async prepare(): Promise<void> {
    const label = `--label=${this.#label}`;
    await this.#engine.run(["network", "create", label, this.name("network")]);
    for (const volume of this.#volumes) await this.#engine.run(["volume", "create", label, this.name(volume)]);
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
    const {
      network_mode: networkMode,
      cap_drop: drop = [],
      security_opt: security = [],
      environment = {},
      volumes = [],
      command = [],
    } = rest;
    await this.#engine.run([
      "run",
      mode,
      `--name=${this.name(service)}`,
      `--label=${this.#label}`,
      `--network=${networkMode ?? this.name("network")}`,
      ...(networkMode === undefined ? [`--network-alias=${service}`] : []),
      "--security-opt=label=disable",
      ...(user === undefined ? [] : [`--user=${user}`]),
      ...(readOnly ? ["--read-only"] : []),
      ...tmpfs.map((path) => `--tmpfs=${path}`),
      ...drop.map((capability) => `--cap-drop=${capability}`),
      ...security.map((option) => `--security-opt=${option.replace(/:true$/, "")}`),
      ...Object.entries(environment).map(([name, value]) => `--env=${name}=${value}`),
      ...volumes.map((volume) => `--volume=${this.#source(volume)}`),
      ...(program === undefined ? [] : [`--entrypoint=${program}`]),
      this.#images[service] ?? "",
      ...first,
      ...[command].flat(),
    ]);
  }

  #source(volume: string): string {
    return volume.startsWith(".") ? resolve(folder, volume) : this.name(volume);
  }

  /** Takes all of it away. */
  async remove(): Promise<void> {
    for (const service of Object.keys(this.#services)) {
      await this.#engine.try(["rm", "--force", "--time=0", this.name(service)]);
    }
    for (const volume of this.#volumes) await this.#engine.try(["volume", "rm", "--force", this.name(volume)]);
    await this.#engine.try(["network", "rm", this.name("network")]);
  }
}
