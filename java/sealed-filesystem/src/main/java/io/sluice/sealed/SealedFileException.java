package io.sluice.sealed;

import java.io.IOException;

/** A file that cannot be read as what was written into it. The message begins with its path. */
public abstract class SealedFileException extends IOException {
    SealedFileException(String file, String problem) {
        super(file + ": " + problem);
    }
}
