package io.sluice.sealed;

import io.sluice.keys.Key;
import io.sluice.keys.KeyFolder;
import io.sluice.keys.KeyRing;
import java.io.IOException;
import java.util.Arrays;
import org.apache.flink.core.fs.FSDataInputStream;
import org.apache.flink.core.fs.FSDataOutputStream;
import org.apache.flink.core.fs.FileStatus;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.FileSystem.WriteMode;
import org.apache.flink.core.fs.Path;

/** Opens and creates single files of an inner file system. Paths are the inner ones, those of messages are ours. */
final class FileSealer {
    private final FileSystem inner;
    private final KeyFolder keys;
    private final boolean readPlaintext;

    FileSealer(FileSystem inner, KeyFolder keys, boolean readPlaintext) {
        this.inner = inner;
        this.keys = keys;
        this.readPlaintext = readPlaintext;
    }

    /** Creates a file whose content is bound to a name, which differs from its path's only until it is renamed. */
    FSDataOutputStream create(Path path, WriteMode mode, String fileName, String file) throws IOException {
        SealingKey key = new SealingKey(keys.ring().primary());
        FSDataOutputStream stream = inner.create(path, mode);
        try {
            return new SealedOutputStream(stream, key, fileName, file);
        } catch (IOException | RuntimeException e) {
            closeAfter(e, stream);
            throw e;
        }
    }

    /** Opens a sealed file, or a plain one where that is allowed. */
    FSDataInputStream open(Path path, FSDataInputStream stream, String file) throws IOException {
        try {
            byte[] start = start(stream);
            if (SealedFormat.startsWithMagic(start)) {
                return openSealed(path, stream, SealedHeader.parse(start, file), file);
            }
            long length = inner.getFileStatus(path).getLen();
            if (length == 0 && !readPlaintext) {
                throw new TruncatedFileException(file);
            }
            if (endsSealed(stream, length, file)) {
                throw new TamperedFileException(file);
            }
            if (!readPlaintext) {
                throw new NotSealedException(file);
            }
            stream.seek(0);
            return stream;
        } catch (IOException | RuntimeException e) {
            closeAfter(e, stream);
            throw e;
        }
    }

    private FSDataInputStream openSealed(Path path, FSDataInputStream stream, SealedHeader header, String file)
            throws IOException {
        KeyRing ring = keys.ring();
        Key named = ring.get(header.keyId());
        if (named == null) {
            throw new MissingKeyException(file, header.keyId(), keys, ring.ids());
        }
        SealingKey key = new SealingKey(named);
        if (!header.isOf(key)) {
            throw new WrongKeyException(file, header.keyId(), keys);
        }
        long length = inner.getFileStatus(path).getLen();
        return SealedInputStream.open(stream, file, length, key, header.associatedData(path.getName()));
    }

    /** Bytes of plaintext. Opens the file only where plain files are allowed among sealed ones. */
    long plaintextLength(FileStatus status) throws IOException {
        if (status.isDir()) {
            return status.getLen();
        }
        if (readPlaintext) {
            try (FSDataInputStream stream = inner.open(status.getPath())) {
                if (!SealedFormat.startsWithMagic(start(stream))) {
                    return status.getLen();
                }
            }
        }
        return SealedFormat.plaintextLength(status.getLen());
    }

    private static byte[] start(FSDataInputStream stream) throws IOException {
        byte[] start = new byte[SealedFormat.HEADER_LENGTH];
        int length = stream.readNBytes(start, 0, start.length);
        return Arrays.copyOf(start, length);
    }

    /** Whether only the beginning of a sealed file was changed. */
    private static boolean endsSealed(FSDataInputStream stream, long length, String file) throws IOException {
        if (length < SealedFormat.MINIMAL_LENGTH) {
            return false;
        }
        byte[] end = new byte[SealedFormat.END_MARK_LENGTH];
        CiphertextChannel.readFully(stream, file, length - end.length, end, 0, end.length);
        return SealedFormat.isEndMark(end);
    }

    private static void closeAfter(Exception failure, AutoCloseable stream) {
        try {
            stream.close();
        } catch (Exception e) {
            failure.addSuppressed(e);
        }
    }
}
