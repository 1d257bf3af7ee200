package dev.holdfast.cli.read;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** This machine, as records name it. */
public final class Host {

    private Host() {}

    /** Its name; {@code localhost} if it has none. */
    public static String name() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException unnamed) {
            return "localhost";
        }
    }

    /** Who acts here: {@code user@host}. */
    public static String userAndName() {
        return System.getProperty("user.name", "unknown") + "@" + name();
    }
}
