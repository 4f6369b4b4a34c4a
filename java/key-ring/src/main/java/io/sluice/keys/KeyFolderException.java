package io.sluice.keys;

import java.io.IOException;
import org.apache.flink.annotation.Internal;

/** The folder of keys is not there, or what is in it is no key ring. */
@Internal
public final class KeyFolderException extends IOException {
    private static final long serialVersionUID = 1L;

    KeyFolderException(String message) {
        super(message);
    }

    KeyFolderException(String message, Throwable cause) {
        super(message, cause);
    }
}
