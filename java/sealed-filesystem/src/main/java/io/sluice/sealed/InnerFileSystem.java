package io.sluice.sealed;

import java.io.IOException;
import java.net.URI;
import org.apache.flink.core.fs.BlockLocation;
import org.apache.flink.core.fs.FSDataInputStream;
import org.apache.flink.core.fs.FSDataOutputStream;
import org.apache.flink.core.fs.FileStatus;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.FileSystemKind;
import org.apache.flink.core.fs.Path;
import org.apache.flink.util.WrappingProxy;
import org.apache.flink.util.function.SupplierWithException;

/**
 * Calls another file system as Flink does when it is not sealed. Flink calls a plugin with the plugin's class loader as that of
 * the thread, and Hadoop looks for its classes by that of the thread: it would find none of them.
 */
final class InnerFileSystem extends FileSystem implements WrappingProxy<FileSystem> {
    private static final ClassLoader FLINK = FileSystem.class.getClassLoader();

    private final FileSystem called;

    InnerFileSystem(FileSystem called) {
        this.called = called;
    }

    /** Flink's own file system at a URI. */
    static FileSystem at(URI uri) throws IOException {
        return new InnerFileSystem(asFlink(() -> FileSystem.getUnguardedFileSystem(uri)));
    }

    private static <T, E extends Throwable> T asFlink(SupplierWithException<T, E> call) throws E {
        Thread thread = Thread.currentThread();
        ClassLoader plugin = thread.getContextClassLoader();
        thread.setContextClassLoader(FLINK);
        try {
            return call.get();
        } finally {
            thread.setContextClassLoader(plugin);
        }
    }

    @Override
    public FileSystem getWrappedDelegate() {
        return called;
    }

    @Override
    public FSDataOutputStream create(Path path, WriteMode mode) throws IOException {
        return asFlink(() -> called.create(path, mode));
    }

    @Override
    public FSDataInputStream open(Path path) throws IOException {
        return asFlink(() -> called.open(path));
    }

    @Override
    public FSDataInputStream open(Path path, int bufferSize) throws IOException {
        return asFlink(() -> called.open(path, bufferSize));
    }

    @Override
    public FileStatus getFileStatus(Path path) throws IOException {
        return asFlink(() -> called.getFileStatus(path));
    }

    @Override
    public FileStatus[] listStatus(Path path) throws IOException {
        return asFlink(() -> called.listStatus(path));
    }

    @Override
    public BlockLocation[] getFileBlockLocations(FileStatus status, long start, long length) throws IOException {
        return asFlink(() -> called.getFileBlockLocations(status, start, length));
    }

    @Override
    public boolean rename(Path source, Path target) throws IOException {
        return asFlink(() -> called.rename(source, target));
    }

    @Override
    public boolean exists(Path path) throws IOException {
        return asFlink(() -> called.exists(path));
    }

    @Override
    public boolean delete(Path path, boolean recursive) throws IOException {
        return asFlink(() -> called.delete(path, recursive));
    }

    @Override
    public boolean mkdirs(Path path) throws IOException {
        return asFlink(() -> called.mkdirs(path));
    }

    @Override
    public Path getWorkingDirectory() {
        return asFlink(called::getWorkingDirectory);
    }

    @Override
    public Path getHomeDirectory() {
        return asFlink(called::getHomeDirectory);
    }

    @Override
    public URI getUri() {
        return called.getUri();
    }

    @Override
    public boolean isDistributedFS() {
        return called.isDistributedFS();
    }

    /** Flink 1.20 asks for it; 2.x no longer has it. */
    public FileSystemKind getKind() {
        return isDistributedFS() ? FileSystemKind.OBJECT_STORE : FileSystemKind.FILE_SYSTEM;
    }
}
