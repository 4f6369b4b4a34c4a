import java.io.BufferedReader;
import java.io.File;
import java.io.FileInputStream;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import javax.security.auth.kerberos.KerberosKey;
import javax.security.auth.kerberos.KerberosPrincipal;
import javax.security.auth.kerberos.KeyTab;
import javax.security.auth.login.AppConfigurationEntry;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import sun.security.krb5.Config;

/**
 * Reads the configuration of Kerberos, Hadoop and Kafka clients as a JVM does. Each line of standard input is a task with tab-separated
 * words. The answer is some lines of tab-separated words in base64, and {@code done} or {@code failed REASON} after them.
 *
 * <ul>
 *   <li>{@code properties PATH}, {@code xml PATH}, {@code jaas PATH}: names and values
 *   <li>{@code krb5 PATH NAME...}: the value of a relation in nested sections
 *   <li>{@code realm PATH REALM}: the default realm, the realm's KDCs, the permitted encryption types
 *   <li>{@code keytab PATH PRINCIPAL}: version and encryption type of each key
 * </ul>
 */
public final class ClientFormatsReader {
    private static final PrintStream OUT = new PrintStream(System.out, true, StandardCharsets.UTF_8);

    public static void main(String[] arguments) throws Exception {
        BufferedReader tasks = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String task = tasks.readLine(); task != null; task = tasks.readLine()) {
            try {
                run(task.split("\t", -1));
                OUT.println("done");
            } catch (Exception e) {
                OUT.println("failed\t" + e.toString().replaceAll("\\s+", " "));
            }
        }
    }

    private static void run(String[] task) throws Exception {
        switch (task[0]) {
            case "properties":
                Properties properties = new Properties();
                try (InputStream in = new FileInputStream(task[1])) {
                    properties.load(in);
                }
                new TreeMap<>(properties).forEach((name, value) -> print(name, value));
                break;
            case "xml":
                xml(new File(task[1]));
                break;
            case "jaas":
                var file = new com.sun.security.auth.login.ConfigFile(new File(task[1]).toURI());
                for (AppConfigurationEntry entry : file.getAppConfigurationEntry("Client")) {
                    print("module", entry.getLoginModuleName());
                    for (Map.Entry<String, ?> option : new TreeMap<>(entry.getOptions()).entrySet()) {
                        print(option.getKey(), option.getValue());
                    }
                }
                break;
            case "krb5":
                print(krb5(task[1]).get(Arrays.copyOfRange(task, 2, task.length)));
                break;
            case "realm":
                Config config = krb5(task[1]);
                print(config.getDefaultRealm(), config.getKDCList(task[2]), Arrays.toString(config.defaultEtype("permitted_enctypes")));
                break;
            case "keytab":
                KerberosPrincipal principal = new KerberosPrincipal(task[2]);
                for (KerberosKey key : KeyTab.getInstance(principal, new File(task[1])).getKeys(principal)) {
                    print(key.getVersionNumber(), key.getKeyType());
                }
                break;
            default:
                throw new IllegalArgumentException(task[0]);
        }
    }

    private static Config krb5(String path) throws Exception {
        System.setProperty("java.security.krb5.conf", path);
        Config.refresh();
        return Config.getInstance();
    }

    private static void xml(File file) throws Exception {
        NodeList properties =
                DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(file).getElementsByTagName("property");
        for (int index = 0; index < properties.getLength(); index++) {
            Element property = (Element) properties.item(index);
            boolean isFinal = property.getElementsByTagName("final").getLength() > 0;
            print(text(property, "name"), text(property, "value"), isFinal);
        }
    }

    private static String text(Element property, String name) {
        return property.getElementsByTagName(name).item(0).getTextContent();
    }

    private static void print(Object... words) {
        StringBuilder line = new StringBuilder("words");
        for (Object word : words) {
            byte[] bytes = String.valueOf(word).getBytes(StandardCharsets.UTF_8);
            line.append('\t').append(Base64.getEncoder().encodeToString(bytes));
        }
        OUT.println(line);
    }
}
