import java.util.HashMap;
import java.util.Map;
import java.util.Scanner;
import javax.security.auth.Subject;
import javax.security.auth.login.AppConfigurationEntry;
import javax.security.auth.login.AppConfigurationEntry.LoginModuleControlFlag;
import javax.security.auth.login.Configuration;
import javax.security.auth.login.LoginContext;
import sun.security.krb5.Config;

/**
 * Logs in with a keytab, as Flink does, once for each line of the input: KEYTAB, PRINCIPAL and KRB5_CONF, separated by tabs. A line
 * of output is what came of it; "Connection refused" is as far as a login gets where no KDC runs.
 */
public final class Krb5Logins {
    private static final String MODULE = "com.sun.security.auth.module.Krb5LoginModule";

    public static void main(String[] args) {
        Scanner input = new Scanner(System.in, "UTF-8");
        while (input.hasNextLine()) {
            String[] task = input.nextLine().split("\t");
            String said = login(task[0], task[1], task[2]);
            System.out.println(said.replaceAll("\\s+", " "));
        }
    }

    private static String login(String keytab, String principal, String krb5Conf) {
        System.setProperty("java.security.krb5.conf", krb5Conf);
        try {
            Config.refresh();
            new LoginContext("flink", new Subject(), null, configuration(keytab, principal)).login();
            return "logged in";
        } catch (Throwable failure) {
            return String.valueOf(failure.getMessage());
        }
    }

    private static Configuration configuration(String keytab, String principal) {
        Map<String, String> options = new HashMap<>();
        options.put("useKeyTab", "true");
        options.put("keyTab", keytab);
        options.put("principal", principal);
        options.put("doNotPrompt", "true");
        options.put("storeKey", "true");
        AppConfigurationEntry entry = new AppConfigurationEntry(MODULE, LoginModuleControlFlag.REQUIRED, options);
        return new Configuration() {
            @Override
            public AppConfigurationEntry[] getAppConfigurationEntry(String name) {
                return new AppConfigurationEntry[] {entry};
            }
        };
    }
}
