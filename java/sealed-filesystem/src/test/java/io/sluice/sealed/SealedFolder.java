package io.sluice.sealed;

import io.sluice.keys.Key;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.Random;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.fs.FSDataInputStream;
import org.apache.flink.core.fs.FSDataOutputStream;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.FileSystem.WriteMode;

/** A folder of keys and a folder of files, sealed over the local disk. */
final class SealedFolder {
    final Path keys;
    final Path files;
    private final Configuration configuration = new Configuration();

    SealedFolder(Path parent) throws IOException {
        keys = Files.createDirectory(parent.resolve("keys"));
        files = Files.createDirectory(parent.resolve("files"));
        configuration.set(SealedOptions.KEY_DIR, keys.toString());
        writeKey("first", 1);
        usePrimary("first");
    }

    SealedFolder readingPlaintext() {
        configuration.set(SealedOptions.READ_PLAINTEXT, true);
        return this;
    }

    /** Writes a key made of a seed. */
    void writeKey(String id, int seed) throws IOException {
        byte[] key = new byte[Key.LENGTH];
        new Random(seed).nextBytes(key);
        Files.writeString(keys.resolve(id), Base64.getEncoder().encodeToString(key) + "\n");
    }

    void usePrimary(String id) throws IOException {
        Files.writeString(keys.resolve("primary"), id + "\n");
    }

    /** As Flink would create it again. */
    FileSystem fileSystem() throws IOException {
        SealedFileSystemFactory factory = new SealedSchemes.File();
        factory.configure(configuration);
        return factory.create(files.toUri());
    }

    org.apache.flink.core.fs.Path path(String name) {
        return new org.apache.flink.core.fs.Path(
                "sealed+file", null, files.resolve(name).toString());
    }

    void write(String name, byte[] content) throws IOException {
        try (FSDataOutputStream out = fileSystem().create(path(name), WriteMode.OVERWRITE)) {
            out.write(content);
        }
    }

    byte[] read(String name) throws IOException {
        try (FSDataInputStream in = fileSystem().open(path(name))) {
            return in.readAllBytes();
        }
    }

    /** Reads the first bytes only. */
    byte[] readStart(String name, int length) throws IOException {
        try (FSDataInputStream in = fileSystem().open(path(name))) {
            return in.readNBytes(length);
        }
    }

    /** What is on the disk. */
    byte[] stored(String name) throws IOException {
        return Files.readAllBytes(files.resolve(name));
    }

    void store(String name, byte[] content) throws IOException {
        Files.write(files.resolve(name), content);
    }

    void storeFlipped(String name, byte[] content, int position, int bits) throws IOException {
        byte[] changed = content.clone();
        changed[position] ^= (byte) bits;
        store(name, changed);
    }

    void storeCut(String name, byte[] content, int length) throws IOException {
        store(name, Arrays.copyOf(content, length));
    }

    static byte[] randomBytes(Random random, int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }
}
