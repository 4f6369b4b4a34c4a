import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import java.util.StringJoiner;
import java.util.TreeMap;
import org.apache.flink.configuration.GlobalConfiguration;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * What Flink's own GlobalConfiguration makes of many files in one JVM. A line of input is a file's name and its bytes in Base64.
 * A line of output is "ok" and the keys and values in Base64, separated by tabs, or "refused" and why. The name "sensitive" comes
 * with a key instead, and the answer is "true" or "false".
 */
public final class ConfigurationOracle {
  public static void main(String[] args) throws Exception {
    Path folder = Path.of(args[0]);
    BufferedReader in = new BufferedReader(new InputStreamReader(System.in, UTF_8));
    PrintStream out = new PrintStream(System.out, false, "UTF-8");
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      String[] words = line.split(" ", 2);
      byte[] content = Base64.getDecoder().decode(words[1]);
      if (words[0].equals("sensitive")) {
        out.println(GlobalConfiguration.isSensitive(new String(content, UTF_8)));
        continue;
      }
      Path file = folder.resolve(words[0]);
      Files.write(file, content);
      out.println(answer(folder));
      Files.delete(file);
    }
    out.flush();
  }

  private static String answer(Path folder) {
    try {
      Map<String, String> read = GlobalConfiguration.loadConfiguration(folder.toString()).toMap();
      StringJoiner answer = new StringJoiner("\t").add("ok");
      new TreeMap<>(read).forEach((key, value) -> answer.add(encode(key)).add(encode(value)));
      return answer.toString();
    } catch (RuntimeException | StackOverflowError e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      return "refused\t" + cause.toString().replaceAll("\\s+", " ");
    }
  }

  private static String encode(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
  }
}
