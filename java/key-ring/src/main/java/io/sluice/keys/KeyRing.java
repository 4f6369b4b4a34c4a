package io.sluice.keys;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.flink.annotation.Internal;

/**
 * The keys of a folder: a file for each, named after its id, with 32 bytes as they are or in base64; and a file {@value #PRIMARY}
 * with the id of the one to encrypt with. Names that begin with a dot are Kubernetes' own and are skipped.
 */
@Internal
public final class KeyRing {
    static final String PRIMARY = "primary";

    private final Map<String, Key> keys;
    private final Key primary;

    private KeyRing(Map<String, Key> keys, Key primary) {
        this.keys = keys;
        this.primary = primary;
    }

    /** @throws KeyFolderException with the name of the file that is missing or wrong, and never its content. */
    static KeyRing read(Path folder, Iterable<Path> files) throws KeyFolderException {
        Map<String, Key> keys = new TreeMap<>();
        String primary = null;
        for (Path file : files) {
            String name = file.getFileName().toString();
            byte[] content = content(file);
            if (name.equals(PRIMARY)) {
                primary = new String(content, StandardCharsets.UTF_8).trim();
            } else if (Key.isId(name)) {
                keys.put(name, new Key(name, keyBytes(file, content)));
            } else {
                throw new KeyFolderException(
                        file
                                + ": the name cannot be a key's id: use up to 46 letters, digits, dots, underscores and hyphens");
            }
        }
        if (primary == null) {
            throw new KeyFolderException(
                    folder + " has no file " + PRIMARY + ": write the id of the key to use into it");
        }
        if (!keys.containsKey(primary)) {
            throw new KeyFolderException(
                    folder.resolve(PRIMARY) + " does not name a key of this folder, which has " + keys.keySet());
        }
        if (keys.get(primary).isPrintable()) {
            throw new KeyFolderException(folder.resolve(primary)
                    + " consists of printable characters, and is not a random key: add a key from openssl rand -base64 32,"
                    + " write its id into " + PRIMARY + ", and keep this one for old files");
        }
        return new KeyRing(keys, keys.get(primary));
    }

    private static byte[] content(Path file) throws KeyFolderException {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new KeyFolderException(file + " cannot be read", e);
        }
    }

    private static byte[] keyBytes(Path file, byte[] content) throws KeyFolderException {
        if (content.length == Key.LENGTH) {
            return content;
        }
        try {
            byte[] key = Base64.getDecoder().decode(new String(content, StandardCharsets.ISO_8859_1).trim());
            if (key.length == Key.LENGTH) {
                return key;
            }
        } catch (IllegalArgumentException e) {
            // The message would show a character of the key.
        }
        throw new KeyFolderException(
                file + " is not a key: it takes 32 bytes, or base64 of 32 bytes (openssl rand -base64 32)");
    }

    /** The key to encrypt with. */
    public Key primary() {
        return primary;
    }

    /** The key of that id, or null. */
    public Key get(String id) {
        return keys.get(id);
    }

    public Set<String> ids() {
        return keys.keySet();
    }

    /** The keys of printable characters, which can be read with and must not encrypt. */
    List<String> printableIds() {
        return keys.values().stream().filter(Key::isPrintable).map(Key::id).collect(Collectors.toList());
    }

    /** Whether both have the same keys and the same primary one. */
    boolean sameAs(KeyRing other) {
        return primary.id().equals(other.primary.id())
                && ids().equals(other.ids())
                && keys.values().stream()
                        .allMatch(key ->
                                Arrays.equals(key.bytes(), other.get(key.id()).bytes()));
    }
}
