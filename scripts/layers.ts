/** Folders and files of src, and what each may import besides itself. docs/architecture.md has the same table. */
export const layers: Readonly<Record<string, readonly string[]>> = {
  "secret.ts": [],
  formats: ["secret.ts"],
  core: ["formats", "secret.ts"],
  tls: ["core", "formats", "secret.ts"],
  keytabs: ["core", "formats", "secret.ts"],
  templates: ["formats", "secret.ts"],
  flink: ["core", "formats", "secret.ts"],
  health: ["core", "formats", "secret.ts"],
  preflight: ["core", "formats", "secret.ts", "tls"],
  features: ["core", "flink", "formats", "secret.ts", "services", "templates", "tls"],
  services: ["core", "flink", "formats", "keytabs", "preflight", "secret.ts", "templates", "tls"],
  shell: ["core", "formats", "health", "secret.ts"],
  cli: ["core", "features", "flink", "formats", "health", "preflight", "secret.ts", "shell", "tls"],
  "cli.ts": ["cli", "core", "shell"],
  "main.ts": ["cli.ts"],
  "rehearse.ts": ["cli.ts", "core"],
  "binary.ts": ["cli.ts", "rehearse.ts"],
};

/** The layer of a path below src: its folder, or the file itself. */
export function layerOf(path: string): string {
  return path.split("/", 1)[0] ?? path;
}

/** Layers whose files and folders never import each other. Only `index.ts` imports them. */
const layersOfRooms = ["features", "services"];

function betweenRooms(from: string, to: string): string | undefined {
  const [layer = "", own = ""] = from.split("/");
  const [, other = ""] = to.split("/");
  if (!layersOfRooms.includes(layer) || own === "index.ts" || own === other) return undefined;
  return `src/${layer}/${own} may not import src/${layer}/${other}: add a field to Contribution (scripts/layers.ts)`;
}

/** Why a file may not import another one, both below src; undefined if it may. */
export function forbidden(from: string, to: string): string | undefined {
  const [own, other] = [layerOf(from), layerOf(to)];
  const allowed = layers[own];
  if (allowed === undefined) return `src/${own} is not a layer: add it to scripts/layers.ts`;
  if (own === other) return betweenRooms(from, to);
  if (allowed.includes(other)) return undefined;
  const list = allowed.length === 0 ? "nothing of ours" : allowed.join(", ");
  return `src/${own} may import ${list}; not src/${other} (scripts/layers.ts)`;
}
