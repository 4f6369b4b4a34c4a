package io.sluice.sealed;

import org.apache.flink.core.fs.FileStatus;
import org.apache.flink.core.fs.Path;

/** What the inner file system says of a file, with the path and the length that it has here. */
final class SealedFileStatus implements FileStatus {
    private final FileStatus inner;
    private final Path path;
    private final long length;

    SealedFileStatus(FileStatus inner, Path path, long length) {
        this.inner = inner;
        this.path = path;
        this.length = length;
    }

    FileStatus inner() {
        return inner;
    }

    @Override
    public long getLen() {
        return length;
    }

    @Override
    public long getBlockSize() {
        return inner.getBlockSize();
    }

    @Override
    public short getReplication() {
        return inner.getReplication();
    }

    @Override
    public long getModificationTime() {
        return inner.getModificationTime();
    }

    @Override
    public long getAccessTime() {
        return inner.getAccessTime();
    }

    @Override
    public boolean isDir() {
        return inner.isDir();
    }

    @Override
    public Path getPath() {
        return path;
    }

    @Override
    public String toString() {
        return "SealedFileStatus{" + path + ", " + length + " bytes}";
    }
}
