package io.sluice.search;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.shaded.jackson2.com.fasterxml.jackson.databind.JsonNode;
import org.apache.flink.shaded.jackson2.com.fasterxml.jackson.databind.ObjectMapper;

/** What became of each document of a bulk request, in their order. */
final class BulkAnswer {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** One document's outcome. Type and reason are empty where nothing was wrong; the reason may quote the document. */
    static final class Item {
        final int status;
        final String type;
        final String reason;

        Item(int status, String type, String reason) {
            this.status = status;
            this.type = type;
            this.reason = reason;
        }

        static Item ofRequest(int status) {
            return new Item(status, "http_" + status, "the whole request");
        }

        /** A disk that is almost full makes indices read-only until there is room; Elasticsearch 6 calls that forbidden. */
        boolean isUnavailable() {
            return Status.isUnavailable(status) || "cluster_block_exception".equals(type);
        }
    }

    private BulkAnswer() {}

    /** @throws IOException if this is no answer to a bulk request with so many documents */
    static List<Item> read(byte[] body, int documents) throws IOException {
        JsonNode items = JSON.readTree(body).path("items");
        if (items.size() != documents) {
            throw new IOException("the answer has " + items.size() + " items for " + documents + " documents");
        }
        List<Item> read = new ArrayList<>(documents);
        for (JsonNode each : items) {
            JsonNode item = each.path("index");
            JsonNode error = item.path("error");
            read.add(new Item(
                    item.path("status").asInt(),
                    error.path("type").asText(),
                    error.path("reason").asText()));
        }
        return read;
    }
}
