package dev.holdfast.cli.demo;

import dev.holdfast.core.guest.GuestSpec;
import dev.holdfast.core.guest.NodeRules;
import dev.holdfast.core.guest.ProbeSpec;
import dev.holdfast.core.guest.ProbeTiming;
import dev.holdfast.core.guest.ReplicationPolicy;
import dev.holdfast.core.guest.RequestedState;
import dev.holdfast.core.guest.RestartPolicy;
import dev.holdfast.core.guest.VolumeKind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.hsqldb.server.Server;

/** The database of the demo as a guest; {@code infra/examples/guest.yaml} is the same one for use by hand. */
final class DemoGuest {

    static final String NAME = "shop-db";
    static final int PORT = 9092;

    private DemoGuest() {}

    /**
     * The specification.
     *
     * @param evidence folder outside all node folders in which the guests say when they run
     */
    static GuestSpec spec(String address, Path evidence, Duration interval) {
        ReplicationPolicy usual = ReplicationPolicy.DEFAULT;
        return new GuestSpec(
                NAME,
                List.of("${java}", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx128m", "-Xshare:auto",
                        "--enable-native-access=ALL-UNNAMED", "-cp", classPath(),
                        DatabaseGuest.class.getName(), "--volume=${volume}", "--address=${address}", "--port=${port}",
                        "--evidence=" + evidence),
                Map.of(),
                VolumeKind.ANY,
                address,
                PORT,
                new ProbeSpec.Sql(
                        "jdbc:hsqldb:hsql://${address}:${port}/" + DatabaseGuest.NAME,
                        DatabaseGuest.NAME, DatabaseGuest.NAME, "VALUES 1", ProbeTiming.DEFAULT),
                RestartPolicy.DEFAULT,
                new ReplicationPolicy(interval, usual.maxPause(), usual.keep()),
                null,
                RequestedState.STARTED,
                NodeRules.ANY,
                GuestSpec.DEFAULT_STOP_GRACE);
    }

    /** The two jars it needs: to open all hundred of the folder takes most of a second, and that is outage. */
    private static String classPath() {
        return libraryOf(DatabaseGuest.class) + ":" + libraryOf(Server.class);
    }

    private static String libraryOf(Class<?> type) {
        Path library = Path.of(type.getProtectionDomain().getCodeSource().getLocation().getPath());
        return Files.isDirectory(library) ? library.toString() : "${holdfast.lib}/" + library.getFileName();
    }
}
