import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Properties;
import java.util.Scanner;
import org.apache.kafka.clients.admin.Admin;

/**
 * Makes one Kafka client for each line of the input: a file of properties, then `NAME=VALUE` system properties, separated by tabs. A
 * line of output is `created`, or the messages of what Kafka throws. Nothing needs a broker, except that OAUTHBEARER asks for a token.
 */
public final class KafkaClients {
    public static void main(String[] args) {
        Scanner input = new Scanner(System.in, "UTF-8");
        while (input.hasNextLine()) {
            String[] task = input.nextLine().split("\t");
            for (int index = 1; index < task.length; index++) {
                String[] pair = task[index].split("=", 2);
                System.setProperty(pair[0], pair[1]);
            }
            System.out.println(create(task[0]).replaceAll("\\s+", " "));
            for (int index = 1; index < task.length; index++) {
                System.clearProperty(task[index].split("=", 2)[0]);
            }
        }
        System.exit(0);
    }

    private static String create(String file) {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(Path.of(file), StandardCharsets.UTF_8)) {
            properties.load(reader);
            Admin.create(properties).close(Duration.ZERO);
            return "created";
        } catch (Throwable failure) {
            StringBuilder said = new StringBuilder();
            for (Throwable cause = failure; cause != null; cause = cause.getCause()) said.append(cause.getMessage()).append(" < ");
            return said.toString();
        }
    }
}
