package io.sluice.sealed;

import io.sluice.keys.KeyFolder;
import java.nio.file.Path;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;
import org.apache.flink.configuration.Configuration;

/** What can be set in Flink's configuration. */
final class SealedOptions {
    static final ConfigOption<String> KEY_DIR = ConfigOptions.key("sealed.key-dir")
            .stringType()
            .noDefaultValue()
            .withDescription(
                    "Folder of the keys. Else " + KeyFolder.VARIABLE + ", else " + KeyFolder.DEFAULT_PATH + ".");

    static final ConfigOption<Boolean> READ_PLAINTEXT = ConfigOptions.key("sealed.read-plaintext")
            .booleanType()
            .defaultValue(false)
            .withDescription("Whether files that were written before sealing are read as they are, while migrating.");

    private SealedOptions() {}

    static Path keyDir(Configuration configuration) {
        return configuration.getOptional(KEY_DIR).map(Path::of).orElseGet(KeyFolder::processPath);
    }
}
