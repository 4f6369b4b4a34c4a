package io.sluice.search;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;
import org.apache.flink.shaded.jackson2.com.fasterxml.jackson.databind.JsonNode;
import org.apache.flink.shaded.jackson2.com.fasterxml.jackson.databind.ObjectMapper;
import org.apache.flink.shaded.jackson2.com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * What is kept of a document that the server rejects: which it was, why, and its source as text, which no mapping can refuse. A
 * source that is cut comes with {@code sourceBytes} and {@code sourceSha256} (lower-case hex) of the whole one.
 */
final class DeadLetter {

    /** Bytes of UTF-8 that a cut letter keeps at most of the source and of the reason. */
    static final int KEPT_BYTES = 8192;

    private static final ObjectMapper JSON = new ObjectMapper();

    private DeadLetter() {}

    /** The whole letter. Its id depends on index, id and version, so that the same rejection is there once. */
    static SearchDocument of(SearchDocument document, BulkAnswer.Item item, String index) {
        return letter(fields(document, item), index);
    }

    /** A letter with the start of the source, or none of it where that is short: such a letter is smaller than the document. */
    static SearchDocument cutOf(SearchDocument document, BulkAnswer.Item item, String index) {
        return letter(cut(fields(document, item), document.source()), index);
    }

    /** The same letter with less of the source; null for one without a source, and for a document that is not a letter. */
    static SearchDocument shorter(SearchDocument letter) {
        JsonNode read;
        try {
            read = JSON.readTree(letter.source());
        } catch (IOException e) {
            return null;
        }
        if (!read.isObject() || !id((ObjectNode) read).equals(letter.id())) {
            return null;
        }
        ObjectNode fields = (ObjectNode) read;
        byte[] source = fields.path("source").asText().getBytes(UTF_8);
        return source.length == 0 ? null : letter(cut(fields, source), letter.index());
    }

    private static ObjectNode fields(SearchDocument document, BulkAnswer.Item item) {
        return JSON.createObjectNode()
                .put("index", document.index())
                .put("id", document.id())
                .put("version", document.version())
                .put("type", item.type)
                .put("reason", item.reason)
                .put("source", new String(document.source(), UTF_8));
    }

    private static SearchDocument letter(ObjectNode fields, String index) {
        return new SearchDocument(index, id(fields), fields.path("version").asLong(), fields.toString());
    }

    private static String id(ObjectNode fields) {
        String name = String.join(
                "\0",
                fields.path("index").asText(),
                fields.path("id").asText(),
                fields.path("version").asText());
        return UUID.nameUUIDFromBytes(name.getBytes(UTF_8)).toString();
    }

    private static ObjectNode cut(ObjectNode fields, byte[] source) {
        int kept = source.length > KEPT_BYTES ? KEPT_BYTES : 0;
        if (!fields.has("sourceBytes")) {
            fields.put("sourceBytes", source.length).put("sourceSha256", sha256(source));
        }
        byte[] reason = fields.path("reason").asText().getBytes(UTF_8);
        return fields.put("source", start(source, kept)).put("reason", start(reason, KEPT_BYTES));
    }

    /** Whole characters of UTF-8. */
    private static String start(byte[] text, int longest) {
        int length = Math.min(text.length, longest);
        while (length > 0 && length < text.length && (text[length] & 0xC0) == 0x80) {
            length--;
        }
        return new String(text, 0, length, UTF_8);
    }

    private static String sha256(byte[] content) {
        StringBuilder hex = new StringBuilder();
        try {
            for (byte each : MessageDigest.getInstance("SHA-256").digest(content)) {
                hex.append(String.format("%02x", each));
            }
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this JVM lacks SHA-256", e);
        }
        return hex.toString();
    }
}
