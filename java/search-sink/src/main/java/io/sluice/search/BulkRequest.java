package io.sluice.search;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.List;
import org.apache.flink.shaded.jackson2.com.fasterxml.jackson.databind.ObjectMapper;
import org.apache.flink.shaded.jackson2.com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * The body of {@code POST /_bulk}: for each document a line that says where it goes, and its source as a line. With external
 * versions the server takes a document only if its version is greater than the one it has.
 */
final class BulkRequest {

    private static final ObjectMapper JSON = new ObjectMapper();

    private BulkRequest() {}

    /** Elasticsearch 6 wants a type; 8 refuses one. */
    static byte[] of(List<SearchDocument> documents, boolean needsType) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (SearchDocument document : documents) {
            out.writeBytes(action(document, needsType).getBytes(UTF_8));
            out.write('\n');
            for (byte each : document.source()) {
                // Between the tokens of JSON any white space is the same; inside of a string it is escaped.
                out.write(each == '\n' || each == '\r' ? ' ' : each);
            }
            out.write('\n');
        }
        return out.toByteArray();
    }

    private static String action(SearchDocument document, boolean needsType) {
        ObjectNode line = JSON.createObjectNode();
        ObjectNode index = line.putObject("index").put("_index", document.index());
        if (needsType) {
            index.put("_type", "_doc");
        }
        index.put("_id", document.id()).put("version", document.version()).put("version_type", "external");
        return line.toString();
    }
}
