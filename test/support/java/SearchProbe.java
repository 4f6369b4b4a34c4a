import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Properties;

/** Puts a document into an index and reads it, by a client file of sluice's. Arguments: that file, and the document's title. */
public final class SearchProbe {
    public static void main(String[] args) throws Exception {
        Properties properties = new Properties();
        try (var reader = Files.newBufferedReader(Path.of(args[0]))) {
            properties.load(reader);
        }
        // What Flink's JVMs get as an option.
        System.setProperty("javax.net.ssl.trustStore", properties.getProperty("truststore"));
        System.setProperty("javax.net.ssl.trustStoreType", properties.getProperty("truststore.type"));
        String user = properties.getProperty("username") + ":" + properties.getProperty("password");
        String basic = "Basic " + Base64.getEncoder().encodeToString(user.getBytes("UTF-8"));
        URI document = URI.create(properties.getProperty("hosts").split(";")[0] + "/lab/_doc/1?refresh=true");
        HttpClient client = HttpClient.newHttpClient();
        HttpRequest.Builder request = HttpRequest.newBuilder(document).header("Authorization", basic);
        String json = "{\"title\":\"" + args[1] + "\"}";
        HttpRequest put = request.copy().header("Content-Type", "application/json")
                .PUT(HttpRequest.BodyPublishers.ofString(json)).build();
        System.out.println("put " + client.send(put, BodyHandlers.discarding()).statusCode());
        System.out.println(client.send(request.GET().build(), BodyHandlers.ofString()).body());
    }
}
