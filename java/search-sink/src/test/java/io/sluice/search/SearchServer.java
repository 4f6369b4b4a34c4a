package io.sluice.search;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import org.apache.flink.shaded.jackson2.com.fasterxml.jackson.databind.JsonNode;
import org.apache.flink.shaded.jackson2.com.fasterxml.jackson.databind.ObjectMapper;
import org.apache.flink.shaded.jackson2.com.fasterxml.jackson.databind.node.ArrayNode;
import org.apache.flink.shaded.jackson2.com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * Answers on 127.0.0.1 with what a search server answers in each case of its protocol, faults included, which a real one shows when
 * it wants to. It keeps documents by external version, and takes numbers only in the field {@code n}.
 */
final class SearchServer implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** What is there, by {@code index/id}. */
    final Map<String, JsonNode> documents = new TreeMap<>();

    final List<String> authorizations = new ArrayList<>();
    final List<String> actions = new ArrayList<>();
    final AtomicInteger mostAtATime = new AtomicInteger();
    /** Status codes of the next bulk requests; 0 closes the connection without an answer. */
    final Queue<Integer> faults = new ArrayDeque<>();
    /** Status codes of the next documents. */
    final Queue<Integer> itemFaults = new ArrayDeque<>();
    /** The server answers 500 to each request with a document of this id, and to no other one. */
    String requestFailsWith;
    /** The server answers 500 for each document of this id, and takes all others. */
    String documentFailsWith;

    int largestBody = Integer.MAX_VALUE;
    String version = "{\"number\":\"8.19.0\"}";
    /** Status of {@code GET /}. */
    int rootStatus = 200;

    private final Map<String, Long> versions = new TreeMap<>();
    private final AtomicInteger atATime = new AtomicInteger();
    private final HttpServer http;
    private final ExecutorService executor = Executors.newCachedThreadPool();

    SearchServer() throws IOException {
        this(HttpServer.create(loopback(), 0));
    }

    SearchServer(SSLContext identity) throws IOException {
        this(https(identity));
    }

    private SearchServer(HttpServer http) {
        this.http = http;
        http.setExecutor(executor);
        http.createContext("/", this::answer);
        http.start();
    }

    private static HttpServer https(SSLContext identity) throws IOException {
        HttpsServer https = HttpsServer.create(loopback(), 0);
        https.setHttpsConfigurator(new HttpsConfigurator(identity));
        return https;
    }

    private static InetSocketAddress loopback() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    }

    int port() {
        return http.getAddress().getPort();
    }

    private void answer(HttpExchange exchange) throws IOException {
        mostAtATime.accumulateAndGet(atATime.incrementAndGet(), Math::max);
        try {
            byte[] body = exchange.getRequestBody().readAllBytes();
            synchronized (this) {
                authorizations.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
                if (exchange.getRequestURI().getPath().equals("/")) {
                    send(exchange, rootStatus, "{\"version\":" + version + "}");
                    return;
                }
                String text = new String(body, UTF_8);
                Integer fault = body.length > largestBody ? Integer.valueOf(413) : faults.poll();
                if (fault == null
                        && requestFailsWith != null
                        && text.contains("\"_id\":\"" + requestFailsWith + "\"")) {
                    fault = 500;
                }
                if (fault == null) {
                    send(exchange, 200, bulk(text.split("\n")));
                } else if (fault != 0) {
                    send(exchange, fault, "{}");
                }
            }
        } finally {
            atATime.decrementAndGet();
            exchange.close();
        }
    }

    private static void send(HttpExchange exchange, int status, String text) throws IOException {
        byte[] bytes = text.getBytes(UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    private String bulk(String[] lines) throws IOException {
        ObjectNode answer = JSON.createObjectNode();
        ArrayNode items = answer.putArray("items");
        for (int i = 0; i < lines.length; i += 2) {
            actions.add(lines[i]);
            put(
                    JSON.readTree(lines[i]).path("index"),
                    JSON.readTree(lines[i + 1]),
                    items.addObject().putObject("index"));
        }
        return answer.toString();
    }

    private void put(JsonNode action, JsonNode source, ObjectNode item) {
        String name = action.path("_index").asText() + "/" + action.path("_id").asText();
        long before = versions.getOrDefault(name, -1L);
        boolean fails = action.path("_id").asText().equals(documentFailsWith);
        Integer fault = fails ? Integer.valueOf(500) : itemFaults.poll();
        if (fault != null) {
            item.put("status", fault).putObject("error").put("type", "planned").put("reason", "planned");
        } else if (source.has("n") && !source.path("n").isNumber()) {
            String reason = "failed to parse field [n], preview: " + source.path("n");
            item.put("status", 400)
                    .putObject("error")
                    .put("type", "mapper_parsing_exception")
                    .put("reason", reason);
        } else if (action.path("version").asLong() <= before) {
            item.put("status", 409).putObject("error").put("type", "version_conflict_engine_exception");
        } else {
            versions.put(name, action.path("version").asLong());
            documents.put(name, source);
            item.put("status", before < 0 ? 201 : 200);
        }
    }

    @Override
    public void close() {
        http.stop(0);
        executor.shutdownNow();
    }
}
