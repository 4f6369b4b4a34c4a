package io.sluice.sealed.flink;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.flink.configuration.Configuration;

/** A folder for a test: keys, and what jobs store. */
final class StateFolder {
    private final Path root;

    StateFolder(Path root) throws IOException {
        this.root = root;
        Files.createDirectories(keys());
        writeKey("2026-11", 1);
    }

    Path keys() {
        return root.resolve("keys");
    }

    Path path(String name) {
        return root.resolve(name);
    }

    /** Adds a key made of a seed, and makes it the primary one. */
    void writeKey(String id, int seed) throws IOException {
        byte[] key = new byte[32];
        new Random(seed).nextBytes(key);
        Files.writeString(keys().resolve(id), Base64.getEncoder().encodeToString(key));
        Files.writeString(keys().resolve("primary"), id);
    }

    /** The configuration of the processes; the changelog's storage cannot be chosen by a job. */
    Configuration cluster(String scheme) {
        Configuration configuration = new Configuration();
        set(configuration, "sealed.key-dir", keys().toString());
        set(configuration, "state.changelog.storage", "filesystem");
        set(configuration, "state.changelog.dstl.dfs.base-path", uri(scheme, "changelog"));
        return configuration;
    }

    /** The configuration of a job that checkpoints into a folder below this one. */
    Configuration job(String scheme, String backend) {
        Configuration configuration = new Configuration();
        set(configuration, "execution.checkpointing.dir", uri(scheme, "checkpoints"));
        set(configuration, "execution.checkpointing.interval", "300 ms");
        set(configuration, "execution.checkpointing.externalized-checkpoint-retention", "RETAIN_ON_CANCELLATION");
        set(configuration, "execution.checkpointing.tolerable-failed-checkpoints", "0");
        set(configuration, "execution.checkpointing.incremental", "true");
        set(configuration, "execution.checkpointing.data-inline-threshold", "0 b");
        set(configuration, "restart-strategy.type", "none");
        set(configuration, "state.backend.type", backend.replace("changelog", "rocksdb"));
        // What Snappy has compressed cannot be searched.
        set(configuration, "state.backend.rocksdb.compression.per.level", "NO_COMPRESSION");
        if (backend.equals("changelog")) {
            set(configuration, "state.changelog.enabled", "true");
            set(configuration, "state.changelog.periodic-materialize.interval", "1 s");
            // It takes no full checkpoint right after a restore, as NO_CLAIM asks for.
            set(configuration, "execution.state-recovery.claim-mode", "CLAIM");
        }
        return configuration;
    }

    private static void set(Configuration configuration, String key, String value) {
        configuration.setString(key, value);
    }

    String uri(String scheme, String name) {
        return scheme + "://" + root.resolve(name);
    }

    /** How often each mark is in all files of a folder, and of names; every byte is looked at. */
    long marksIn(String name, String mark) throws IOException {
        byte[] pattern = mark.getBytes(StandardCharsets.UTF_8);
        long count = 0;
        for (byte[] content : contents(name).values()) {
            count += occurrences(content, pattern);
        }
        return count;
    }

    /** All files below a folder, by path, but for those that Flink deletes meanwhile. */
    TreeMap<Path, byte[]> contents(String name) throws IOException {
        TreeMap<Path, byte[]> contents = new TreeMap<>();
        try (Stream<Path> files = Files.walk(path(name))) {
            for (Path file : files.filter(Files::isRegularFile).collect(Collectors.toList())) {
                try {
                    contents.put(file, Files.readAllBytes(file));
                } catch (NoSuchFileException e) {
                    continue;
                }
            }
        }
        return contents;
    }

    /** Files that do not begin as sealed ones do. */
    List<Path> unsealedFiles(String name) throws IOException {
        List<Path> unsealed = new ArrayList<>();
        for (Map.Entry<Path, byte[]> file : contents(name).entrySet()) {
            String start =
                    new String(file.getValue(), 0, Math.min(8, file.getValue().length), StandardCharsets.ISO_8859_1);
            if (!start.equals("\u008bSEALED\n")) {
                unsealed.add(file.getKey());
            }
        }
        return unsealed;
    }

    private static long occurrences(byte[] content, byte[] pattern) {
        long count = 0;
        for (int i = 0; i + pattern.length <= content.length; i++) {
            if (content[i] == pattern[0] && Arrays.equals(content, i, i + pattern.length, pattern, 0, pattern.length)) {
                count++;
            }
        }
        return count;
    }
}
