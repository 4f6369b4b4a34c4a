package io.sluice.search;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import org.apache.flink.connector.base.sink.writer.AsyncSinkWriterStateSerializer;

/**
 * Documents that wait while a checkpoint is taken. Version 1: index, id (each an int length and UTF-8), version (long), source (an
 * int length and bytes). Neither hosts nor credentials are in a checkpoint.
 */
final class SearchDocumentSerializer extends AsyncSinkWriterStateSerializer<SearchDocument> {

    @Override
    public int getVersion() {
        return 1;
    }

    @Override
    protected void serializeRequestToStream(SearchDocument document, DataOutputStream out) throws IOException {
        writeBytes(document.index().getBytes(UTF_8), out);
        writeBytes(document.id().getBytes(UTF_8), out);
        out.writeLong(document.version());
        writeBytes(document.source(), out);
    }

    @Override
    protected SearchDocument deserializeRequestFromStream(long size, DataInputStream in) throws IOException {
        String index = new String(readBytes(in), UTF_8);
        String id = new String(readBytes(in), UTF_8);
        return new SearchDocument(index, id, in.readLong(), readBytes(in));
    }

    private static void writeBytes(byte[] bytes, DataOutputStream out) throws IOException {
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    private static byte[] readBytes(DataInputStream in) throws IOException {
        byte[] bytes = new byte[in.readInt()];
        in.readFully(bytes);
        return bytes;
    }
}
