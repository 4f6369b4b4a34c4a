package io.sluice.sealed;

/** The file was written without this file system. */
public final class NotSealedException extends SealedFileException {
    NotSealedException(String file) {
        super(
                file,
                "the file is not sealed; to read it while migrating, set " + SealedOptions.READ_PLAINTEXT.key()
                        + ": true");
    }
}
