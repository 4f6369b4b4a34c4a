import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.URLDecoder;
import java.util.List;
import java.util.Map;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.runtime.util.bash.BashJavaUtils;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * What Flink's own BashJavaUtils answers for many configurations in one JVM. A line of input is a query string, keys and values
 * percent-encoded: "role" is JM or TM, "yaml" is true or false, "env:NAME" is a variable, "conf:KEY" is a setting. A line of
 * output is "ok", the JVM parameters and the dynamic configuration, separated by tabs, or "refused" and why.
 */
public final class MemoryOracle {
  public static void main(String[] args) throws Exception {
    BufferedReader in = new BufferedReader(new InputStreamReader(System.in, UTF_8));
    PrintStream out = new PrintStream(System.out, false, "UTF-8");
    for (String line = in.readLine(); line != null; line = in.readLine()) out.println(answer(line));
    out.flush();
  }

  private static String answer(String query) throws Exception {
    Map<String, String> environment = environment();
    environment.remove("FLINK_JM_HEAP");
    environment.remove("FLINK_TM_HEAP");
    Configuration configuration = configuration(query.contains("yaml=true"));
    String role = "JM";
    for (String pair : query.split("&")) {
      int end = pair.indexOf('=');
      String name = URLDecoder.decode(pair.substring(0, end), UTF_8);
      String value = URLDecoder.decode(pair.substring(end + 1), UTF_8);
      if (name.equals("role")) role = value;
      if (name.startsWith("env:")) environment.put(name.substring(4), value);
      if (name.startsWith("conf:")) configuration.setString(name.substring(5), value);
    }
    Method method = BashJavaUtils.class.getDeclaredMethod(role.equals("JM") ? "getJmResourceParams" : "getTmResourceParams", Configuration.class);
    method.setAccessible(true);
    try {
      List<?> lines = (List<?>) method.invoke(null, configuration);
      return "ok\t" + lines.get(0) + "\t" + lines.get(1);
    } catch (InvocationTargetException refused) {
      return "refused\t" + String.valueOf(refused.getCause()).replaceAll("\\s+", " ");
    }
  }

  /** Flink 1.20 reads lists differently when the configuration came from config.yaml. */
  private static Configuration configuration(boolean standardYaml) throws Exception {
    try {
      Constructor<Configuration> constructor = Configuration.class.getConstructor(boolean.class);
      return constructor.newInstance(standardYaml);
    } catch (NoSuchMethodException flink2) {
      return new Configuration();
    }
  }

  /** The map behind System.getenv, which can be written to. */
  @SuppressWarnings("unchecked")
  private static Map<String, String> environment() throws Exception {
    Map<String, String> view = System.getenv();
    Field map = view.getClass().getDeclaredField("m");
    map.setAccessible(true);
    return (Map<String, String>) map.get(view);
  }
}
