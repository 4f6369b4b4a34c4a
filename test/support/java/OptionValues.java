import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.util.Base64;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;
import org.apache.flink.configuration.Configuration;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * Has Flink's own Configuration convert values, one for each line of the input: a type and the value in Base64. A line of output is
 * "true" if Flink takes the value, else "false".
 */
public final class OptionValues {
    private enum Answer { YES, NO, NOT_YET }

    public static void main(String[] args) throws Exception {
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, UTF_8));
        PrintStream out = new PrintStream(System.out, false, "UTF-8");
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            String[] words = line.split(" ", 2);
            out.println(takes(words[0], new String(Base64.getDecoder().decode(words[1]), UTF_8)));
        }
        out.flush();
    }

    private static boolean takes(String type, String value) {
        Configuration configuration = new Configuration();
        configuration.setString("key", value);
        try {
            configuration.get(option(type));
            return true;
        } catch (RuntimeException e) {
            return false;
        }
    }

    private static ConfigOption<?> option(String type) {
        ConfigOptions.OptionBuilder key = ConfigOptions.key("key");
        switch (type) {
            case "integer":
                return key.intType().noDefaultValue();
            case "long":
                return key.longType().noDefaultValue();
            case "float":
                return key.floatType().noDefaultValue();
            case "double":
                return key.doubleType().noDefaultValue();
            case "boolean":
                return key.booleanType().noDefaultValue();
            case "duration":
                return key.durationType().noDefaultValue();
            case "memorysize":
                return key.memoryType().noDefaultValue();
            case "enum:YES,NO,NOT_YET":
                return key.enumType(Answer.class).noDefaultValue();
            default:
                throw new IllegalStateException(type);
        }
    }
}
