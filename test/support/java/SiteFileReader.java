import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.util.Base64;
import java.util.Map;
import java.util.StringJoiner;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * What Hadoop's own Configuration makes of many files in one JVM. A line of input is a path. A line of output is "ok" and, in Base64 and
 * separated by tabs, name, value and "true" for final of each property, or "refused" and why. A property that is final without a value
 * has "-" for one.
 */
public final class SiteFileReader {
  public static void main(String[] args) throws Exception {
    BufferedReader in = new BufferedReader(new InputStreamReader(System.in, UTF_8));
    PrintStream out = new PrintStream(System.out, false, "UTF-8");
    for (String path = in.readLine(); path != null; path = in.readLine()) {
      String answer = answer(path);
      if (answer.contains("Too many open files")) {
        // Hadoop does not close what it includes. A file that includes itself still has too many of them the second time.
        System.gc();
        System.runFinalization();
        answer = answer(path);
      }
      out.println(answer);
    }
    out.flush();
  }

  private static String answer(String path) {
    try {
      Configuration configuration = new Configuration(false);
      configuration.addResource(new Path(path));
      // Not get(): it puts values in for ${...}.
      Map<String, String> all = new TreeMap<>();
      for (Map.Entry<String, String> property : configuration) {
        all.put(property.getKey(), property.getValue());
      }
      for (String name : configuration.getFinalParameters()) {
        all.putIfAbsent(name, null);
      }
      StringJoiner answer = new StringJoiner("\t").add("ok");
      for (Map.Entry<String, String> property : all.entrySet()) {
        answer.add(encode(property.getKey()));
        answer.add(property.getValue() == null ? "-" : encode(property.getValue()));
        answer.add(String.valueOf(configuration.getFinalParameters().contains(property.getKey())));
      }
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
