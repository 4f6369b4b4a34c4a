package io.sluice.sealed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Flink renames the entry of a job in the job result store when it is clean. */
class RenameTest {
    @TempDir
    private Path folder;

    private SealedFolder sealed;

    @BeforeEach
    void makeFolder() throws IOException {
        sealed = new SealedFolder(folder);
    }

    @Test
    void aRenamedFileIsReadableUnderItsNewNameOnly() throws IOException {
        byte[] content = SealedFolder.randomBytes(new Random(1), 200_000);
        sealed.write("job_DIRTY.json", content);
        assertThat(sealed.fileSystem().rename(sealed.path("job_DIRTY.json"), sealed.path("job.json")))
                .isTrue();
        assertThat(sealed.read("job.json")).isEqualTo(content);
        try (Stream<Path> left = Files.list(sealed.files)) {
            assertThat(left).containsExactly(sealed.files.resolve("job.json"));
        }
    }

    @Test
    void aRenamedFileReplacesAnother() throws IOException {
        sealed.write("old", new byte[] {1});
        sealed.write("new", new byte[] {2});
        assertThat(sealed.fileSystem().rename(sealed.path("new"), sealed.path("old")))
                .isTrue();
        assertThat(sealed.read("old")).containsExactly(2);
    }

    @Test
    void aFolderIsRenamedAsItIs() throws IOException {
        sealed.fileSystem().mkdirs(sealed.path("chk-1"));
        sealed.write("chk-1/_metadata", new byte[] {3});
        assertThat(sealed.fileSystem().rename(sealed.path("chk-1"), sealed.path("chk-2")))
                .isTrue();
        assertThat(sealed.read("chk-2/_metadata")).containsExactly(3);
    }

    @Test
    void whatCannotBeReadStaysWhereItIs() throws IOException {
        sealed.write("one", new byte[100]);
        sealed.storeCut("one", sealed.stored("one"), 200);
        assertThatThrownBy(() -> sealed.fileSystem().rename(sealed.path("one"), sealed.path("two")))
                .isInstanceOf(TruncatedFileException.class);
        try (Stream<Path> left = Files.list(sealed.files)) {
            assertThat(left).containsExactly(sealed.files.resolve("one"));
        }
        assertThatThrownBy(() -> sealed.fileSystem().rename(sealed.path("none"), sealed.path("two")))
                .isInstanceOf(FileNotFoundException.class);
    }
}
