package io.sluice.sealed;

/** The file ends too early. */
public final class TruncatedFileException extends SealedFileException {
    TruncatedFileException(String file) {
        super(file, "the sealed file is cut short, or its writer ended before it was closed");
    }
}
