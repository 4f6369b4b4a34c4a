package io.sluice.sealed;

import org.apache.flink.annotation.Internal;

/** The file ends too early. */
@Internal
public final class TruncatedFileException extends SealedFileException {
    TruncatedFileException(String file) {
        super(file, "the sealed file is cut short, or its writer ended before it was closed");
    }
}
