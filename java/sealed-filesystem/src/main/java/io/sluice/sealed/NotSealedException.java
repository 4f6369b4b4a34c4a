package io.sluice.sealed;

import org.apache.flink.annotation.Internal;

/** The file was written without this file system. */
@Internal
public final class NotSealedException extends SealedFileException {
    NotSealedException(String file) {
        super(
                file,
                "the file is not sealed; to read it while migrating, set " + SealedOptions.READ_PLAINTEXT.key()
                        + ": true");
    }
}
