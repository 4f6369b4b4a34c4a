package io.sluice.sealed;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URL;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.core.fs.FileStatus;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.Path;
import org.apache.flink.core.fs.local.LocalFileSystem;
import org.junit.jupiter.api.Test;

/** That Hadoop works below it is shown by the pipeline's test, on a real HDFS. */
class InnerFileSystemTest {
    @Test
    void asksByFlinksClassLoaderThoughThePluginsIsThatOfTheThread() throws Exception {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        try (URLClassLoader plugin = new URLClassLoader(new URL[0], null)) {
            Recording recording = new Recording();
            FileSystem inner = new InnerFileSystem(recording);
            thread.setContextClassLoader(plugin);
            inner.exists(new Path("file:///a"));
            inner.listStatus(new Path("file:///a"));
            assertThat(recording.seen).hasSize(2).containsOnly(FileSystem.class.getClassLoader());
            assertThat(thread.getContextClassLoader()).isSameAs(plugin);
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    /** Notes by which class loader it is asked. */
    private static final class Recording extends LocalFileSystem {
        private final List<ClassLoader> seen = new ArrayList<>();

        @Override
        public boolean exists(Path path) {
            return seen.add(Thread.currentThread().getContextClassLoader());
        }

        @Override
        public FileStatus[] listStatus(Path path) {
            seen.add(Thread.currentThread().getContextClassLoader());
            return new FileStatus[0];
        }
    }
}
