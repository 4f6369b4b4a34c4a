/** Names that Hadoop has replaced: Configuration's own (3.4.3, defaultDeprecations), and one of HdfsConfiguration's that variables set too. */
const replaced: ReadonlyMap<string, string> = new Map([
  ["topology.script.file.name", "net.topology.script.file.name"],
  ["topology.script.number.args", "net.topology.script.number.args"],
  ["hadoop.configured.node.mapping", "net.topology.configured.node.mapping"],
  ["topology.node.switch.mapping.impl", "net.topology.node.switch.mapping.impl"],
  ["dfs.df.interval", "fs.df.interval"],
  ["fs.default.name", "fs.defaultFS"],
  ["dfs.umaskmode", "fs.permissions.umask-mode"],
  ["dfs.nfs.exports.allowed.hosts", "nfs.exports.allowed.hosts"],
  ["dfs.federation.nameservices", "dfs.nameservices"],
]);

/** The name by which Hadoop keeps a property. */
export function currentName(name: string): string {
  return replaced.get(name) ?? name;
}
