import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;

/**
 * Prints a line "class key type main" for each static ConfigOption in the given jars and its fallback keys, "class key.* map main"
 * for a map. The type is "integer", "enum:A,B", "list:string" and so on; main is the key that a fallback key stands for. A class
 * that cannot be loaded is a line "unloadable class reason".
 */
final class OptionKeys {
    private static final String OPTION = "org.apache.flink.configuration.ConfigOption";

    public static void main(String[] jars) throws Exception {
        List<URL> urls = new ArrayList<>();
        for (String jar : jars) {
            urls.add(new File(jar).toURI().toURL());
        }
        try (URLClassLoader loader =
                new URLClassLoader(urls.toArray(new URL[0]), ClassLoader.getPlatformClassLoader())) {
            Class<?> option = loader.loadClass(OPTION);
            for (String jar : jars) {
                for (String name : classesThatMention(OPTION.replace('.', '/'), jar)) {
                    printKeys(name, option);
                }
            }
        }
    }

    /** By their constant pools: of 20,000 classes some hundred have to be loaded. */
    private static List<String> classesThatMention(String type, String jar) throws IOException {
        List<String> names = new ArrayList<>();
        try (JarFile file = new JarFile(jar)) {
            for (JarEntry entry : Collections.list(file.entries())) {
                String path = entry.getName();
                if (!path.endsWith(".class") || path.startsWith("META-INF/")) {
                    continue;
                }
                try (InputStream content = file.getInputStream(entry)) {
                    if (new String(content.readAllBytes(), StandardCharsets.ISO_8859_1).contains(type)) {
                        names.add(path.substring(0, path.length() - ".class".length()).replace('/', '.'));
                    }
                }
            }
        }
        return names;
    }

    private static void printKeys(String name, Class<?> option) throws ReflectiveOperationException {
        try {
            for (Field field : Class.forName(name, false, option.getClassLoader()).getDeclaredFields()) {
                if (Modifier.isStatic(field.getModifiers()) && field.getType() == option) {
                    field.setAccessible(true);
                    printKeys(name, field.get(null));
                }
            }
        } catch (LinkageError e) {
            // What it needs is not in Flink's distribution (Hadoop, YARN).
            System.out.println("unloadable " + name + " " + String.valueOf(e.getMessage()).replaceAll("\\s+", "_"));
        }
    }

    private static void printKeys(String name, Object option) throws ReflectiveOperationException {
        boolean isList = (Boolean) call(option, "isList");
        Class<?> type = (Class<?>) call(option, "getClazz");
        boolean isMap = type == Map.class && !isList;
        List<Object> keys = new ArrayList<>();
        keys.add(call(option, "key"));
        for (Object fallback : (Iterable<?>) call(option, "fallbackKeys")) {
            keys.add(call(fallback, "getKey"));
        }
        for (Object key : keys) {
            System.out.println(
                    name + " " + key + (isMap ? ".* map " : " " + (isList ? "list:" : "") + typeName(type) + " ") + keys.get(0));
        }
    }

    /** ConfigurationUtils compares the text of an enum's constants, in any case. */
    private static String typeName(Class<?> type) {
        if (type.isEnum()) {
            StringJoiner constants = new StringJoiner(",", "enum:", "");
            for (Object constant : type.getEnumConstants()) {
                constants.add(constant.toString().toUpperCase(Locale.ROOT).replace(' ', '_'));
            }
            return constants.toString();
        }
        return type.getSimpleName().toLowerCase(Locale.ROOT);
    }

    private static Object call(Object target, String method) throws ReflectiveOperationException {
        Method declared = target.getClass().getDeclaredMethod(method);
        declared.setAccessible(true);
        return declared.invoke(target);
    }
}
