package io.sluice.sealed;

import org.apache.flink.annotation.Internal;

/** What is in the file is not what was written under its name. */
@Internal
public final class TamperedFileException extends SealedFileException {
    TamperedFileException(String file) {
        this(file, "the sealed file was changed, or is another file under this name: its content is not authentic");
    }

    private TamperedFileException(String file, String problem) {
        super(file, problem);
    }

    static TamperedFileException unknownVersion(String file, byte version) {
        return new TamperedFileException(
                file, "the sealed file was changed, or comes from a newer plugin: its format has number " + version);
    }
}
