import { describe, expect, it } from "vitest";
import {
  historyServerDirKey,
  remoteShuffleKey,
  sealedPathKeys,
  taskManagerDirKeys,
  temporaryDirKeys,
} from "../../../src/features/sealed-state/path-keys.ts";
import { declaredOptions } from "../../../src/flink/option-dictionary.ts";

/** The ends of the keys of Flink's options whose values are paths, as far as names can tell. */
const pathEnding = /(?:dirs?|director(?:y|ies)|paths?|folder|location|file|files|root|uri|target|home)$/i;

/** Options that end like a path, and hold no state, job graph or result of a job, each group with its reason. */
const withoutState: Readonly<Record<string, readonly string[]>> = {
  "jars, files and artifacts that a job brings": [
    "blob.storage.directory",
    "jobmanager.web.upload.dir",
    "kubernetes.artifacts.local-upload-target",
    "pipeline.cached-files",
    "pipeline.classpaths",
    "python.files",
    "python.pythonpath",
    "user.artifacts.base-dir",
    "web.upload.dir",
    "yarn.provided.lib.dirs",
    "yarn.provided.usrlib.dir",
    "yarn.ship-directories",
    "yarn.ship-files",
    "yarn.staging-directory",
  ],
  "only read: what is there was written to one of the checked paths, or before the migration": [
    "execution.savepoint.path",
    "execution.state-recovery.path",
  ],
  "logs, profiles and process ids": [
    "env.log.dir",
    "env.pid.dir",
    "env.stdout-err.redirect-to-file",
    "jobmanager.web.log.path",
    "kubernetes.flink.log.dir",
    "rest.profiling.dir",
    "state.backend.forst.log.dir",
    "state.backend.rocksdb.log.dir",
    "taskmanager.log.path",
    "web.log.path",
  ],
  "programs and configuration": [
    "env.hadoop.conf.dir",
    "env.hbase.conf.dir",
    "env.java.home",
    "env.yarn.conf.dir",
    "kubernetes.config.file",
    "kubernetes.entry.path",
    "kubernetes.flink.conf.dir",
    "kubernetes.pod-template-file",
    "security.kerberos.krb5-conf.path",
    "yarn.properties-file.location",
    "yarn.security.kerberos.localized-keytab-path",
  ],
  "files of the web interface": ["jobmanager.web.tmpdir", "web.tmpdir"],
  "a JobManager's working dir: blobs, which jobs bring": ["process.jobmanager.working-dir"],
  "nodes of ZooKeeper": ["high-availability.zookeeper.path.root", "recovery.zookeeper.path.root"],
  "not a path": [
    "execution.checkpointing.create-subdir",
    "execution.checkpointing.unaligned.max-subtasks-per-channel-state-file",
    "execution.checkpointing.file-merging.max-subtasks-per-file",
    "execution.target",
    "rest.path",
    "state.checkpoints.create-subdir",
    "taskmanager.network.memory.buffer-debloat.target",
  ],
};

const checked = [...sealedPathKeys, ...taskManagerDirKeys, ...temporaryDirKeys, historyServerDirKey, remoteShuffleKey];

describe("the paths of Flink's dictionary", () => {
  const dictionary = [...new Set(declaredOptions().map(({ key }) => key))];
  const paths = dictionary.filter((key) => pathEnding.test(key));

  it("are all checked, or named here with the reason why not", () => {
    const known = new Set([...checked, ...Object.values(withoutState).flat()]);
    expect(paths.filter((key) => !known.has(key))).toEqual([]);
  });

  it("have every key that is checked or named, once", () => {
    const known = [...checked, ...Object.values(withoutState).flat()];
    expect(known.filter((key) => !paths.includes(key))).toEqual([]);
    expect(known.filter((key, index) => known.indexOf(key) !== index)).toEqual([]);
  });
});
