package io.sluice.sealed;

import io.sluice.keys.KeyFolder;
import java.io.IOException;
import java.net.URI;
import java.util.UUID;
import org.apache.flink.core.fs.BlockLocation;
import org.apache.flink.core.fs.EntropyInjectingFileSystem;
import org.apache.flink.core.fs.FSDataInputStream;
import org.apache.flink.core.fs.FSDataOutputStream;
import org.apache.flink.core.fs.FileStatus;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.FileSystemKind;
import org.apache.flink.core.fs.Path;
import org.apache.flink.core.fs.RecoverableWriter;
import org.apache.flink.util.WrappingProxy;

/**
 * A file system whose files are encrypted in another one. Paths and directories stay readable; lengths are those of the
 * plaintext. It offers neither to copy nor to duplicate paths: Flink then reads and writes, and each copy gets its own key.
 */
final class SealedFileSystem extends FileSystem implements EntropyInjectingFileSystem {
    private final FileSystem inner;
    private final SealedPaths paths;
    private final FileSealer sealer;

    SealedFileSystem(FileSystem inner, SealedPaths paths, KeyFolder keys, boolean readPlaintext) {
        this.inner = inner;
        this.paths = paths;
        this.sealer = new FileSealer(inner, keys, readPlaintext);
    }

    @Override
    public FSDataOutputStream create(Path path, WriteMode mode) throws IOException {
        return sealer.create(paths.inner(path), mode, path.getName(), path.toString());
    }

    @Override
    public FSDataInputStream open(Path path) throws IOException {
        return sealer.open(paths.inner(path), inner.open(paths.inner(path)), path.toString());
    }

    @Override
    public FSDataInputStream open(Path path, int bufferSize) throws IOException {
        return sealer.open(paths.inner(path), inner.open(paths.inner(path), bufferSize), path.toString());
    }

    /** Always fails. Flink falls back to {@link #create} for the metadata of checkpoints. */
    @Override
    public RecoverableWriter createRecoverableWriter() {
        throw new UnsupportedOperationException(
                "a sealed file cannot be continued after a failure: for FileSink and other sinks, use a path without "
                        + SealedPaths.PREFIX + "; sealed paths are for checkpoints, savepoints and high availability");
    }

    @Override
    public FileStatus getFileStatus(Path path) throws IOException {
        return status(inner.getFileStatus(paths.inner(path)));
    }

    @Override
    public FileStatus[] listStatus(Path path) throws IOException {
        FileStatus[] found = inner.listStatus(paths.inner(path));
        if (found == null) {
            return null;
        }
        FileStatus[] statuses = new FileStatus[found.length];
        for (int i = 0; i < found.length; i++) {
            statuses[i] = status(found[i]);
        }
        return statuses;
    }

    private FileStatus status(FileStatus found) throws IOException {
        return new SealedFileStatus(found, paths.sealed(found.getPath()), sealer.plaintextLength(found));
    }

    /** Where the sealed file is; offsets are those of its ciphertext. */
    @Override
    public BlockLocation[] getFileBlockLocations(FileStatus status, long start, long length) throws IOException {
        FileStatus sealed = status instanceof SealedFileStatus ? ((SealedFileStatus) status).inner() : status;
        return inner.getFileBlockLocations(sealed, 0, sealed.getLen());
    }

    /**
     * Renames. A file that gets another name is sealed again, because its content is bound to its name: to a hidden file
     * beside the target, which then takes the target's place in one step.
     */
    @Override
    public boolean rename(Path source, Path target) throws IOException {
        Path from = paths.inner(source);
        Path to = paths.inner(target);
        boolean keepsName = source.getName().equals(target.getName());
        if (keepsName || inner.getFileStatus(from).isDir() || isDirectory(to)) {
            return inner.rename(from, to);
        }
        Path hidden = new Path(to.getParent(), "." + to.getName() + ".sealing-" + UUID.randomUUID());
        try {
            try (FSDataInputStream in = open(source);
                    FSDataOutputStream out =
                            sealer.create(hidden, WriteMode.NO_OVERWRITE, to.getName(), target.toString())) {
                in.transferTo(out);
            }
            if (!inner.rename(hidden, to)) {
                inner.delete(hidden, false);
                return false;
            }
        } catch (IOException e) {
            if (inner.exists(hidden)) {
                inner.delete(hidden, false);
            }
            throw e;
        }
        return inner.delete(from, false);
    }

    private boolean isDirectory(Path path) throws IOException {
        return inner.exists(path) && inner.getFileStatus(path).isDir();
    }

    @Override
    public boolean exists(Path path) throws IOException {
        return inner.exists(paths.inner(path));
    }

    @Override
    public boolean delete(Path path, boolean recursive) throws IOException {
        return inner.delete(paths.inner(path), recursive);
    }

    @Override
    public boolean mkdirs(Path path) throws IOException {
        return inner.mkdirs(paths.inner(path));
    }

    @Override
    public Path getWorkingDirectory() {
        return paths.sealed(inner.getWorkingDirectory());
    }

    @Override
    public Path getHomeDirectory() {
        return paths.sealed(inner.getHomeDirectory());
    }

    @Override
    public URI getUri() {
        return paths.sealed(inner.getUri());
    }

    @Override
    public boolean isDistributedFS() {
        return inner.isDistributedFS();
    }

    /** Flink 1.20 asks for it; 2.x no longer has it. */
    public FileSystemKind getKind() {
        return isDistributedFS() ? FileSystemKind.OBJECT_STORE : FileSystemKind.FILE_SYSTEM;
    }

    @Override
    public String getEntropyInjectionKey() {
        EntropyInjectingFileSystem entropic = entropic(inner);
        return entropic == null ? null : entropic.getEntropyInjectionKey();
    }

    @Override
    public String generateEntropy() {
        return entropic(inner).generateEntropy();
    }

    /** The inner file system that injects entropy, below what Flink wraps a plugin's in; or null. */
    private static EntropyInjectingFileSystem entropic(Object fileSystem) {
        if (fileSystem instanceof EntropyInjectingFileSystem) {
            return (EntropyInjectingFileSystem) fileSystem;
        }
        if (fileSystem instanceof WrappingProxy) {
            return entropic(((WrappingProxy<?>) fileSystem).getWrappedDelegate());
        }
        return null;
    }
}
