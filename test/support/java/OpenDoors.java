import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/**
 * Tells whether somebody else could use a debugger or JMX of this JVM on a port: {@code open} or {@code closed}. It connects to
 * 127.0.0.2, where a server of 127.0.0.1 does not listen.
 */
public final class OpenDoors {
    private static final String OTHER = "127.0.0.2";

    public static void main(String[] args) {
        int port = Integer.parseInt(args[0]);
        System.out.println(isDebugger(port) || isJmxWithoutLogin(port) ? "open" : "closed");
        System.exit(0);
    }

    private static boolean isDebugger(int port) {
        byte[] handshake = "JDWP-Handshake".getBytes(StandardCharsets.US_ASCII);
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(OTHER, port), 1000);
            socket.setSoTimeout(1000);
            socket.getOutputStream().write(handshake);
            return Arrays.equals(handshake, socket.getInputStream().readNBytes(handshake.length));
        } catch (java.io.IOException e) {
            return false;
        }
    }

    private static boolean isJmxWithoutLogin(int port) {
        String url = "service:jmx:rmi:///jndi/rmi://" + OTHER + ":" + port + "/jmxrmi";
        try (var connector = JMXConnectorFactory.connect(new JMXServiceURL(url))) {
            return connector.getMBeanServerConnection().getMBeanCount() > 0;
        } catch (java.io.IOException | SecurityException e) {
            return false;
        }
    }
}
