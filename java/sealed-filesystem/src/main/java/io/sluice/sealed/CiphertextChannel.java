package io.sluice.sealed;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.SeekableByteChannel;
import org.apache.flink.core.fs.FSDataInputStream;

/** A sealed file without its end mark, as the channel that Tink reads. It moves the stream only when it must. */
final class CiphertextChannel implements SeekableByteChannel {
    private final FSDataInputStream in;
    private final String file;
    private final long size;
    private long position;
    private boolean open = true;

    CiphertextChannel(FSDataInputStream in, String file, long size) {
        this.in = in;
        this.file = file;
        this.size = size;
    }

    /** Fills the buffer, except at the end. */
    @Override
    public int read(ByteBuffer target) throws IOException {
        if (position >= size) {
            return -1;
        }
        int length = (int) Math.min(target.remaining(), size - position);
        readFully(in, file, position, target.array(), target.arrayOffset() + target.position(), length);
        target.position(target.position() + length);
        position += length;
        return length;
    }

    /** Reads from a position of a file. Throws TruncatedFileException when it ends before. */
    static void readFully(FSDataInputStream in, String file, long from, byte[] target, int offset, int length)
            throws IOException {
        if (in.getPos() != from) {
            in.seek(from);
        }
        for (int done = 0; done < length; ) {
            int read = in.read(target, offset + done, length - done);
            if (read < 0) {
                throw new TruncatedFileException(file);
            }
            done += read;
        }
    }

    @Override
    public long position() {
        return position;
    }

    @Override
    public SeekableByteChannel position(long newPosition) {
        position = newPosition;
        return this;
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public boolean isOpen() {
        return open;
    }

    @Override
    public void close() throws IOException {
        open = false;
        in.close();
    }

    @Override
    public int write(ByteBuffer source) {
        throw new NonWritableChannelException();
    }

    @Override
    public SeekableByteChannel truncate(long newSize) {
        throw new NonWritableChannelException();
    }
}
