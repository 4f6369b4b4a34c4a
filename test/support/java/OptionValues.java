import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.FallbackKey;
import org.apache.flink.util.NetUtils;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * Has Flink's own Configuration convert values, one for each line of the input: a type and the value in Base64. A line of output is
 * "true" if Flink takes the value, else "false". Besides types of options, there are "ports", which NetUtils reads, and
 * "class#key", which is an option of Flink or an older name of one.
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

    private static boolean takes(String type, String value) throws ReflectiveOperationException {
        Configuration configuration = new Configuration();
        String[] owned = type.split("#");
        configuration.setString(owned.length == 2 ? owned[1] : "key", value);
        try {
            if (type.equals("ports")) {
                NetUtils.getPortRangeFromString(value);
                return true;
            }
            ConfigOption<?> option = owned.length == 2 ? declared(type, owned[0], owned[1]) : option(type);
            configuration.get(option);
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
            case "list:string":
                return key.stringType().asList().noDefaultValue();
            case "list:enum:YES,NO,NOT_YET":
                return key.enumType(Answer.class).asList().noDefaultValue();
            case "map":
                return key.mapType().noDefaultValue();
            case "list:map":
                return key.mapType().asList().noDefaultValue();
            default:
                throw new IllegalStateException(type);
        }
    }

    private static final Map<String, ConfigOption<?>> DECLARED = new HashMap<>();

    private static ConfigOption<?> declared(String type, String owner, String key) throws ReflectiveOperationException {
        if (!DECLARED.containsKey(type)) {
            for (Field field : Class.forName(owner).getDeclaredFields()) {
                if (Modifier.isStatic(field.getModifiers()) && field.getType() == ConfigOption.class) {
                    field.setAccessible(true);
                    ConfigOption<?> option = (ConfigOption<?>) field.get(null);
                    if (hasKey(option, key)) {
                        DECLARED.put(type, option);
                    }
                }
            }
        }
        ConfigOption<?> found = DECLARED.get(type);
        if (found == null) {
            throw new NoSuchFieldException(type);
        }
        return found;
    }

    private static boolean hasKey(ConfigOption<?> option, String key) {
        if (option.key().equals(key)) {
            return true;
        }
        for (FallbackKey fallback : option.fallbackKeys()) {
            if (fallback.getKey().equals(key)) {
                return true;
            }
        }
        return false;
    }
}
