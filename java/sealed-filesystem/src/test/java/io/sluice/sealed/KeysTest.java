package io.sluice.sealed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.keys.KeyFolderException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.apache.flink.core.fs.FSDataInputStream;
import org.apache.flink.core.fs.FSDataOutputStream;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.FileSystem.WriteMode;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeysTest {
    @TempDir
    private Path folder;

    private SealedFolder sealed;

    @BeforeEach
    void makeFolder() throws IOException {
        sealed = new SealedFolder(folder);
    }

    private String keyOf(String name) throws IOException {
        return SealedHeader.parse(sealed.stored(name), name).keyId();
    }

    @Test
    void aNewPrimaryWritesAndTheOldKeyReads() throws IOException {
        FileSystem running = sealed.fileSystem();
        write(running, "before");
        sealed.writeKey("second", 2);
        sealed.usePrimary("second");
        write(running, "after");
        assertThat(keyOf("before")).isEqualTo("first");
        assertThat(keyOf("after")).isEqualTo("second");
        for (String name : new String[] {"before", "after"}) {
            assertThat(read(running, name)).containsExactly(5);
        }
        Files.delete(sealed.keys.resolve("first"));
        assertThatThrownBy(() -> read(running, "before"))
                .isInstanceOf(MissingKeyException.class)
                .hasMessageContaining("sealed with the key first, which is not in");
        assertThat(read(running, "after")).containsExactly(5);
    }

    private void write(FileSystem fileSystem, String name) throws IOException {
        try (FSDataOutputStream out = fileSystem.create(sealed.path(name), WriteMode.NO_OVERWRITE)) {
            out.write(5);
        }
    }

    private byte[] read(FileSystem fileSystem, String name) throws IOException {
        try (FSDataInputStream in = fileSystem.open(sealed.path(name))) {
            return in.readAllBytes();
        }
    }

    /** Kubernetes writes a new folder beside the old one and replaces the link that all names go through. */
    @Test
    void aSecretThatKubernetesReplacesIsReadAgain() throws IOException {
        for (String name : new String[] {"first", "primary"}) {
            Path version = Files.createDirectories(sealed.keys.resolve("..one"));
            Files.move(sealed.keys.resolve(name), version.resolve(name));
            Files.createSymbolicLink(sealed.keys.resolve(name), Path.of("..data", name));
        }
        Files.createSymbolicLink(sealed.keys.resolve("..data"), Path.of("..one"));
        FileSystem running = sealed.fileSystem();
        write(running, "before");

        Path next = Files.createDirectory(sealed.keys.resolve("..two"));
        Files.copy(sealed.keys.resolve("..one/first"), next.resolve("first"));
        Files.write(next.resolve("second"), new byte[32]);
        Files.writeString(next.resolve("primary"), "second");
        Files.createSymbolicLink(sealed.keys.resolve("second"), Path.of("..data", "second"));
        Files.createSymbolicLink(sealed.keys.resolve("..next"), Path.of("..two"));
        Files.move(sealed.keys.resolve("..next"), sealed.keys.resolve("..data"), StandardCopyOption.REPLACE_EXISTING);

        write(running, "after");
        assertThat(keyOf("after")).isEqualTo("second");
        assertThat(read(running, "before")).containsExactly(5);
    }

    @Test
    void aChangeThatLeavesNoRingKeepsTheKeysThatWereGood() throws IOException {
        FileSystem running = sealed.fileSystem();
        sealed.usePrimary("nobody");
        write(running, "file");
        assertThat(keyOf("file")).isEqualTo("first");
        assertThatThrownBy(sealed::fileSystem).isInstanceOf(KeyFolderException.class);
    }

    @Test
    void anotherKeyOfTheSameIdIsToldFromAChangedFile() throws IOException {
        sealed.write("file", new byte[10]);
        sealed.writeKey("first", 99);
        assertThatThrownBy(() -> sealed.read("file"))
                .isInstanceOf(WrongKeyException.class)
                .hasMessageContaining("another key of the id first than the one in " + sealed.keys);
    }

    @Test
    void whatIsWrongWithTheFolderIsSaidWithoutShowingAKey() throws IOException {
        refused("not a key", "third", "c2VjcmV0LXNlY3JldA==");
        refused("not a key", "third", "secret-secret-secret-secret-secret-secret");
        refused("cannot be a key's id", "third key", "x");
        refused("does not name a key", "primary", "third");
        Files.delete(sealed.keys.resolve("primary"));
        assertThatThrownBy(sealed::fileSystem)
                .isInstanceOf(KeyFolderException.class)
                .hasMessageContaining("has no file primary");
        Files.move(sealed.keys, folder.resolve("away"));
        assertThatThrownBy(sealed::fileSystem)
                .isInstanceOf(KeyFolderException.class)
                .hasMessageContaining("mount it, or set SEALED_STATE_KEY_DIR");
    }

    private void refused(String problem, String name, String content) throws IOException {
        Path file = sealed.keys.resolve(name);
        String before = Files.exists(file) ? Files.readString(file) : null;
        Files.writeString(file, content);
        assertThatThrownBy(sealed::fileSystem)
                .isInstanceOf(KeyFolderException.class)
                .hasMessageContaining(problem)
                .hasMessageNotContaining("secret-secret")
                .hasNoCause();
        if (before == null) {
            Files.delete(file);
        } else {
            Files.writeString(file, before);
        }
    }

    @Test
    void keysMayBeBytesOrBase64() throws IOException {
        byte[] bytes = new byte[32];
        bytes[0] = 10;
        Files.write(sealed.keys.resolve("raw"), bytes);
        sealed.usePrimary("raw");
        sealed.write("file", new byte[10]);
        Files.writeString(
                sealed.keys.resolve("raw"), java.util.Base64.getEncoder().encodeToString(bytes));
        assertThat(sealed.read("file")).hasSize(10);
    }
}
