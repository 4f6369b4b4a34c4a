import { problemCatalogue } from "../../core/findings/problem.ts";

/** What can be wrong with encrypted state before Flink starts. */
export const sealedStateProblems = problemCatalogue("sealed-state", {
  "flink-version": "This Flink is older than 1.20, the oldest that the plugin was made for.",
  "plugin-missing": "The plugin that encrypts state is not among Flink's jars.",
  "keys-unreadable": "The folder of keys is not there, or cannot be read.",
  "no-keys": "The folder of keys has no key in it.",
  "bad-key-name": "A file in the folder of keys has a name that cannot be a key's id.",
  "key-unreadable": "A key, or the file that names the primary one, is there and cannot be read.",
  "bad-key": "A file in the folder of keys is not a key of 32 bytes, raw or in base64.",
  "printable-key":
    "The primary key consists of printable characters: it is a password or other text, and not a random key.",
  "same-key": "Two files hold the same key, so that changing from one to the other would be no rotation.",
  "no-primary": "Nothing says which key new files are encrypted with.",
  "primary-missing": "The primary key is not in the folder.",
  "not-sealed": "A place where Flink stores state would be written unencrypted.",
  "unknown-scheme": "A path asks for encryption on a file system that the plugin does not have.",
  "file-merging": "File merging appends to files that are already sealed, so checkpoints would fail.",
  "batch-recovery": "The event log of batch jobs appends to files that are already sealed.",
});
