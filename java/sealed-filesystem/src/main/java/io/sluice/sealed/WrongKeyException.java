package io.sluice.sealed;

import io.sluice.keys.KeyFolder;
import org.apache.flink.annotation.Internal;

/** There is a key of the right id, but it is not the one that the file was written with. */
@Internal
public final class WrongKeyException extends SealedFileException {
    WrongKeyException(String file, String keyId, KeyFolder keys) {
        super(
                file,
                "it was sealed with another key of the id " + keyId + " than the one in " + keys
                        + ", or its header was changed");
    }
}
