package io.sluice.sealed;

import java.io.IOException;
import org.apache.flink.annotation.Internal;

/** A file that cannot be read as what was written into it. The message begins with its path. */
@Internal
public abstract class SealedFileException extends IOException {
    SealedFileException(String file, String problem) {
        super(file + ": " + problem);
    }
}
