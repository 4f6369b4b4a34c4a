package io.sluice.search;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.UUID;
import org.apache.flink.shaded.jackson2.com.fasterxml.jackson.databind.ObjectMapper;

/** What is kept of a document that the server rejects: which it was, why, and its source as text, which no mapping can refuse. */
final class DeadLetter {

    private static final ObjectMapper JSON = new ObjectMapper();

    private DeadLetter() {}

    /** The id depends on index, id and version, so that the same rejection is there once. */
    static SearchDocument of(SearchDocument document, String type, String reason, String index) {
        String name = String.join("\0", document.index(), document.id(), String.valueOf(document.version()));
        String id = UUID.nameUUIDFromBytes(name.getBytes(UTF_8)).toString();
        String source = JSON.createObjectNode()
                .put("index", document.index())
                .put("id", document.id())
                .put("version", document.version())
                .put("type", type)
                .put("reason", reason)
                .put("source", new String(document.source(), UTF_8))
                .toString();
        return new SearchDocument(index, id, document.version(), source);
    }
}
