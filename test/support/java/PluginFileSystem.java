import java.net.URI;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.Path;
import org.apache.flink.core.plugin.PluginUtils;

/**
 * Asks a file system that a plugin of Flink's brings for a file. Arguments are the file's URI, and keys and values of Flink's
 * configuration. FLINK_PLUGINS_DIR names the folder of the plugins. The last line of output is "answered", or what was thrown: the
 * classes of all causes and the last one's message.
 */
public final class PluginFileSystem {
  public static void main(String[] args) {
    Configuration configuration = new Configuration();
    for (int i = 1; i + 1 < args.length; i += 2) {
      configuration.setString(args[i], args[i + 1]);
    }
    try {
      FileSystem.initialize(configuration, PluginUtils.createPluginManagerFromRootFolder(configuration));
      FileSystem.get(URI.create(args[0])).exists(new Path(args[0]));
      System.out.println("answered");
    } catch (Throwable e) {
      StringBuilder answer = new StringBuilder();
      Throwable last = e;
      for (Throwable cause = e; cause != null; cause = cause.getCause()) {
        answer.append(cause.getClass().getName()).append(' ');
        last = cause;
      }
      System.out.println(answer + ": " + String.valueOf(last.getMessage()).replaceAll("\\s+", " "));
    }
    System.exit(0);
  }
}
