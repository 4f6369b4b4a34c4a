/**
 * Where Flink 1.20 to 2.3 store state, job graphs and results outside of their processes; older names are still read. A test
 * compares these lists with the path options of Flink's dictionary.
 */
export const sealedPathKeys = [
  "execution.checkpointing.dir",
  "state.checkpoints.dir",
  "state.backend.fs.checkpointdir",
  "execution.checkpointing.savepoint-dir",
  "state.savepoints.dir",
  "savepoints.state.backend.fs.dir",
  "high-availability.storageDir",
  "high-availability.zookeeper.storageDir",
  "recovery.zookeeper.storageDir",
  "dstl.dfs.base-path",
  "state.changelog.dstl.dfs.base-path",
  "job-result-store.storage-path",
  "application-result-store.storage-path",
  "jobmanager.archive.fs.dir",
  "historyserver.archive.fs.dir",
  "state.backend.forst.primary-dir",
] as const;

/** Where a TaskManager keeps state and spilled records, beside its temporary dirs; ForSt and RocksDB default to those. */
export const taskManagerDirKeys = [
  "process.taskmanager.working-dir",
  "process.working-dir",
  "execution.checkpointing.local-backup.dirs",
  "taskmanager.state.local.root-dirs",
  "state.backend.rocksdb.localdir",
  "state.backend.rocksdb.checkpointdir",
  "state.backend.forst.local-dir",
  "state.backend.forst.cache.dir",
] as const;

/** Newest name first: Flink takes the first one that is set. */
export const temporaryDirKeys = ["io.tmp.dirs", "taskmanager.tmp.dirs"] as const;

/** Where a history server unpacks archives (HistoryServer.java, 1.20 to 2.3): by default a new folder below java.io.tmpdir. */
export const historyServerDirKey = "historyserver.web.tmpdir";

/** Where tasks exchange records over storage outside of their processes. The plugin was never tried there. */
export const remoteShuffleKey = "taskmanager.network.hybrid-shuffle.remote.path";
