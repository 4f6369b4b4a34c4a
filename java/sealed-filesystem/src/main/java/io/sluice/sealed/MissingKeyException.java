package io.sluice.sealed;

import io.sluice.keys.KeyFolder;
import java.util.Set;
import org.apache.flink.annotation.Internal;

/** The key that the file was written with is not in the ring. */
@Internal
public final class MissingKeyException extends SealedFileException {
    MissingKeyException(String file, String keyId, KeyFolder keys, Set<String> present) {
        super(file, "it was sealed with the key " + keyId + ", which is not in " + keys + " (there: " + present + ")");
    }
}
