package dev.holdfast.guard;

import static org.assertj.core.api.Assertions.fail;

import dev.holdfast.core.node.Incarnation;
import dev.holdfast.guard.client.GuardClient;
import dev.holdfast.guard.client.GuardListener;
import dev.holdfast.guard.clock.LeaseClock;
import dev.holdfast.guard.clock.SystemClock;
import dev.holdfast.guard.clock.TimeLeft;
import dev.holdfast.guard.process.NativeCalls;
import dev.holdfast.guard.process.ProcessEntry;
import dev.holdfast.guard.process.ProcessIdentity;
import dev.holdfast.guard.process.ProcessTable;
import dev.holdfast.guard.protocol.StartOrder;
import dev.holdfast.guard.supervisor.PidFile;
import dev.holdfast.guard.supervisor.SupervisorSettings;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;

/**
 * A machine with real processes for tests: folders, guard or supervisor, and a look at /proc. Every command line of a
 * guest carries {@link #mark()}, by which it is found however far it has removed itself.
 */
final class Machine implements AutoCloseable {

    static final Duration WD = Duration.ofSeconds(1);
    private static final Duration PATIENCE = Duration.ofSeconds(40);
    private static final int FIRST_MARK = 1_000_000;

    private final LeaseClock clock = LeaseClock.startingNow(SystemClock.INSTANCE);
    private final String machineId = "machine-" + ProcessHandle.current().pid() + "-" + System.nanoTime();
    private final String mark = Long.toString(FIRST_MARK + System.nanoTime() % FIRST_MARK);
    private final Path folder;
    private final List<Process> started = new ArrayList<>();
    private final List<GuardClient> clients = new ArrayList<>();

    Machine() throws IOException {
        folder = Files.createTempDirectory("guard-test-");
        Files.createDirectory(run());
        Files.createDirectory(logs());
    }

    Path run() {
        return folder.resolve("run");
    }

    Path logs() {
        return folder.resolve("logs");
    }

    String mark() {
        return mark;
    }

    String id() {
        return machineId;
    }

    /** The guard alone, without a supervisor. */
    Process startGuard() throws IOException {
        Process guard = start("guard", guardCommand());
        await("the guard to listen", () -> Files.exists(run().resolve("guard.endpoint"))
                && Files.readString(logs().resolve("guard.log")).contains("guarding"));
        return guard;
    }

    /** Services that arm and feed, without a supervisor. */
    Process startServices(String... more) throws IOException {
        return start("services", servicesCommand(more));
    }

    /** Supervisor, guard and services. */
    Process startSupervisor() throws IOException {
        Path settings = folder.resolve("supervisor.settings");
        new SupervisorSettings(
                        machineId, run(), logs(), Duration.ofSeconds(1), guardCommand(), servicesCommand())
                .write(settings);
        List<String> args = List.of(settings.toString());
        return start("supervisor", SmallJvm.command(javaHome(), classPath(), SupervisorMain.class, args));
    }

    Process start(String name, List<String> command) throws IOException {
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(logs().resolve(name + ".log").toFile()))
                .start();
        started.add(process);
        return process;
    }

    List<String> guardCommand() {
        return SmallJvm.command(
                javaHome(),
                classPath(),
                GuardMain.class,
                List.of("--name", "a", "--machine", machineId, "--run", run().toString()));
    }

    List<String> servicesCommand(String... more) {
        List<String> args = new ArrayList<>(List.of(run().toString(), Long.toString(WD.toMillis())));
        args.addAll(List.of(more));
        return SmallJvm.command(javaHome(), classPath(), ServicesProcess.class, args);
    }

    GuardClient connect(GuardListener listener) throws IOException {
        GuardClient client = GuardClient.connect(run(), "test", listener);
        clients.add(client);
        return client;
    }

    GuardClient connect() throws IOException {
        return connect(new GuardListener() {});
    }

    TimeLeft lease(Duration left) {
        return clock.until(clock.now().plus(left));
    }

    /** Waits for the services to have armed. */
    Incarnation awaitArmed() {
        Path file = run().resolve("test.armed");
        await("the services to arm", () -> Files.exists(file) && Files.readString(file).contains("."));
        try {
            return Incarnation.parse(Files.readString(file));
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    Incarnation awaitArmedAfter(Incarnation earlier) {
        await("a newer incarnation than " + earlier, () -> awaitArmed().isNewerThan(earlier));
        return awaitArmed();
    }

    /** A guest that is a shell script; the mark is its first parameter, and so on its command line. */
    StartOrder order(String guest, Incarnation incarnation, String script) {
        return new StartOrder(
                guest,
                1,
                incarnation,
                List.of("/bin/sh", "-c", script, "guest", mark),
                Map.of("MARK", mark),
                folder,
                logs().resolve(guest + ".log"));
    }

    /** Every live process with the mark on its command line. */
    List<ProcessIdentity> marked() {
        return ProcessTable.read().all().stream()
                .filter(ProcessEntry::isAlive)
                .filter(entry -> commandLine(entry.pid()).contains(mark))
                .map(ProcessEntry::identity)
                .toList();
    }

    void awaitMarked(int count) {
        await(count + " marked processes", () -> marked().size() == count);
    }

    void awaitNoneMarked() {
        await("no marked process", () -> marked().isEmpty());
    }

    Optional<ProcessIdentity> recorded(String process) throws IOException {
        return new PidFile(run(), process).read();
    }

    /** The recorded process, once it is alive. */
    ProcessIdentity awaitRecorded(String process) throws IOException {
        await(process + " to run", () -> recorded(process).filter(ProcessIdentity::isAlive).isPresent());
        return recorded(process).orElseThrow();
    }

    static ProcessIdentity identity(Process process) {
        return ProcessIdentity.of((int) process.pid()).orElseThrow();
    }

    static void signal(ProcessIdentity process, int signal) {
        NativeCalls.signal(process, signal);
    }

    static char state(ProcessIdentity process) {
        ProcessEntry entry = ProcessEntry.read(process.pid());
        return entry == null || !entry.identity().equals(process) ? 'X' : entry.state();
    }

    void await(String what, Callable<Boolean> condition) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        try {
            while (!condition.call()) {
                if (System.nanoTime() > deadline) {
                    fail("waited " + PATIENCE + " for " + what + "; marked: " + marked() + "; logs:\n" + allLogs());
                }
                Thread.sleep(10);
            }
        } catch (Exception broken) {
            throw new IllegalStateException("while waiting for " + what, broken);
        }
    }

    /** Kills what this test started, by identity, and whatever carries its mark. */
    @Override
    public void close() throws IOException {
        clients.forEach(GuardClient::close);
        for (String name : List.of("supervisor", "guard", "node")) {
            recorded(name).ifPresent(ProcessIdentity::kill);
        }
        started.forEach(Process::destroyForcibly);
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!leftovers().isEmpty() && System.nanoTime() < deadline) {
            leftovers().forEach(ProcessIdentity::kill);
            Thread.onSpinWait();
        }
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted((one, other) -> other.compareTo(one)).map(Path::toFile).forEach(File::delete);
        }
    }

    private List<ProcessIdentity> leftovers() {
        return ProcessTable.read().all().stream()
                .filter(ProcessEntry::isAlive)
                .filter(entry -> {
                    String line = commandLine(entry.pid());
                    return line.contains(mark) || line.contains(folder.toString());
                })
                .map(ProcessEntry::identity)
                .toList();
    }

    private String allLogs() {
        StringBuilder text = new StringBuilder();
        try (Stream<Path> files = Files.list(logs())) {
            for (Path file : files.toList()) {
                text.append("== ").append(file.getFileName()).append('\n').append(Files.readString(file));
            }
        } catch (IOException unreadable) {
            text.append(unreadable);
        }
        return text.toString();
    }

    private static String commandLine(int pid) {
        try {
            return new String(Files.readAllBytes(Path.of("/proc/" + pid + "/cmdline")), StandardCharsets.UTF_8)
                    .replace('\0', ' ');
        } catch (IOException gone) {
            return "";
        }
    }

    static Path javaHome() {
        return Path.of(System.getProperty("java.home"));
    }

    static String classPath() {
        return String.join(
                File.pathSeparator,
                locationOf(GuardMain.class),
                locationOf(ServicesProcess.class),
                locationOf(Incarnation.class));
    }

    private static String locationOf(Class<?> type) {
        try {
            return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI())
                    .toString();
        } catch (URISyntaxException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
