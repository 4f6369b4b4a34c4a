package io.sluice.state;

import io.sluice.keys.Key;
import io.sluice.keys.KeyFolder;
import io.sluice.keys.KeyFolderException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.flink.annotation.Internal;

/**
 * The keys that are mounted where the job runs: in the folder that the system property {@value #PROPERTY} or the variable
 * {@value KeyFolder#VARIABLE} names, or else in {@value KeyFolder#DEFAULT_PATH}.
 */
@Internal
public final class MountedStateKeys implements StateKeys {
    public static final String PROPERTY = "sealed.key-dir";

    private static final Map<Path, MountedStateKeys> BY_PATH = new ConcurrentHashMap<>();

    private final KeyFolder folder;

    private MountedStateKeys(Path path) {
        folder = new KeyFolder(path);
    }

    static StateKeys instance() {
        String property = System.getProperty(PROPERTY);
        Path path = property == null ? KeyFolder.processPath() : Path.of(property);
        return BY_PATH.computeIfAbsent(path, MountedStateKeys::new);
    }

    @Override
    public String primary() throws StateEncryptionException {
        try {
            return folder.ring().primary().id();
        } catch (KeyFolderException e) {
            throw new StateEncryptionException(e.getMessage(), e);
        }
    }

    @Override
    public byte[] key(String id) throws StateEncryptionException {
        try {
            Key key = folder.ring().get(id);
            if (key != null) {
                return key.bytes();
            }
            throw new StateEncryptionException("state was encrypted with the key " + id + ", which is not in " + folder
                    + " (there: " + folder.ring().ids() + "): mount that key too");
        } catch (KeyFolderException e) {
            throw new StateEncryptionException(e.getMessage(), e);
        }
    }
}
