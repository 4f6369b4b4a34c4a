package io.sluice.keys;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.flink.annotation.Internal;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The mounted folder of keys, read again when it has changed, which is seen from names, times, sizes and inodes. If a change
 * leaves the folder unusable, the keys that were good keep being used, with a warning.
 */
@Internal
public final class KeyFolder {
    /** The variable that names the folder; Sluice exports it to Flink's processes. */
    public static final String VARIABLE = "SEALED_STATE_KEY_DIR";

    public static final String DEFAULT_PATH = "/keys";

    private static final Logger LOG = LoggerFactory.getLogger(KeyFolder.class);

    private final Path folder;
    private KeyRing ring;
    private List<String> seen = List.of();
    private String warned = "";

    public KeyFolder(Path folder) {
        this.folder = folder;
    }

    /** The folder of this process: what the variable says, or else the default. */
    public static Path processPath() {
        String variable = System.getenv(VARIABLE);
        return Path.of(variable == null || variable.isEmpty() ? DEFAULT_PATH : variable);
    }

    /** The keys as they are now. */
    public synchronized KeyRing ring() throws KeyFolderException {
        try {
            List<Path> files = files();
            List<String> now = appearance(files);
            if (ring != null && now.equals(seen)) {
                return ring;
            }
            KeyRing fresh = KeyRing.read(folder, files);
            // What changed while it was read is read again next time.
            seen = appearance(files());
            if (!seen.equals(now)) {
                seen = List.of();
            }
            boolean isChanged = ring == null || !ring.sameAs(fresh);
            if (ring != null && isChanged) {
                LOG.info(
                        "Read {} again: keys {}, primary {}",
                        folder,
                        fresh.ids(),
                        fresh.primary().id());
            }
            if (isChanged && !fresh.printableIds().isEmpty()) {
                LOG.warn(
                        "Keys {} in {} consist of printable characters, and are not random. Restart each job from a canonical"
                                + " savepoint, and remove these keys when no file needs them.",
                        fresh.printableIds(),
                        folder);
            }
            ring = fresh;
            warned = "";
        } catch (KeyFolderException e) {
            if (ring == null) {
                throw e;
            }
            // It is asked for every file.
            if (!warned.equals(e.getMessage())) {
                LOG.warn("{} has changed and cannot be used, the keys read before stay: {}", folder, e.getMessage());
            }
            warned = e.getMessage();
        }
        return ring;
    }

    private List<Path> files() throws KeyFolderException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.filter(file -> !file.getFileName().toString().startsWith("."))
                    .sorted()
                    .collect(Collectors.toList());
        } catch (IOException e) {
            throw new KeyFolderException(
                    "the folder of keys " + folder + " cannot be read: mount it, or set " + VARIABLE, e);
        }
    }

    private static List<String> appearance(List<Path> files) throws KeyFolderException {
        List<String> appearance = new ArrayList<>();
        for (Path file : files) {
            try {
                BasicFileAttributes found = Files.readAttributes(file, BasicFileAttributes.class);
                appearance.add(file + " " + found.lastModifiedTime() + " " + found.size() + " " + found.fileKey());
            } catch (IOException e) {
                throw new KeyFolderException(file + " cannot be read", e);
            }
        }
        return appearance;
    }

    @Override
    public String toString() {
        return folder.toString();
    }
}
