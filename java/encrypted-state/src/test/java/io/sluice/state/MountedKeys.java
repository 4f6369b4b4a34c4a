package io.sluice.state;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A real folder of keys for all tests of a class, with the primary key {@code 2026-01} until another one is made so. */
public final class MountedKeys implements BeforeAllCallback, AfterAllCallback {
    private Path folder;

    @Override
    public void beforeAll(ExtensionContext context) throws IOException {
        folder = Files.createTempDirectory("keys");
        System.setProperty(MountedStateKeys.PROPERTY, folder.toString());
        rotateTo("2026-01");
    }

    @Override
    public void afterAll(ExtensionContext context) throws IOException {
        System.clearProperty(MountedStateKeys.PROPERTY);
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : (Iterable<Path>) files.sorted(Comparator.reverseOrder())::iterator) {
                Files.delete(file);
            }
        }
    }

    /** Adds the key if it is not there, and makes it the primary one. */
    public void rotateTo(String id) throws IOException {
        byte[] key = new byte[32];
        Arrays.fill(key, (byte) id.hashCode());
        Files.write(folder.resolve(id), key);
        Files.writeString(folder.resolve("primary"), id + "\n");
    }

    void remove(String id) throws IOException {
        Files.delete(folder.resolve(id));
    }
}
